#include "tests/cases/tables.h"

#include "gtest/gtest.h"

namespace seatwise::cases {
namespace {

TEST(TablesTest, TheOrderOfRowsDoesNotMatter) {
  EXPECT_EQ(DiffRows({{{"a", "1"}}, {{"a", "2"}}}, {{{"a", "2"}}, {{"a", "1"}}}, 5), "");
}

TEST(TablesTest, ShowsWhatIsOnlyOnOneSide) {
  EXPECT_EQ(DiffRows({{{"a", "1"}, {"b", "x"}}, {{"a", "2"}, {"b", "x"}}},
                     {{{"a", "1"}, {"b", "y"}}, {{"a", "2"}, {"b", "x"}}}, 5),
            "  want a=1, b=x\n"
            "  got  a=1, b=y\n");
}

TEST(TablesTest, ARowTwiceIsNotThatRowOnce) {
  EXPECT_EQ(DiffRows({{{"a", "1"}}}, {{{"a", "1"}}, {{"a", "1"}}}, 5), "  got  a=1\n");
}

TEST(TablesTest, CountsWhatIsBeyondTheLimit) {
  EXPECT_EQ(DiffRows({{{"a", "1"}}, {{"a", "2"}}, {{"a", "3"}}}, {}, 1),
            "  want a=1\n"
            "  want 2 more rows\n");
}

TEST(TablesTest, WritesNamesAsFilesHaveThem) {
  Derived derived;
  derived.licenses = {
      {UserId("u"), SkuId("s"), LicenseState::kActiveWithError, {PlanId("p"), PlanId("q")}}};
  derived.items = {{UserId("u"), GroupId("g"), SkuId("s"), false, {Count{1}}}};
  derived.seats = {{.sku = SkuId("s"), .usable = 1, .capacity = kUnlimited, .consumed = 3}};
  EXPECT_EQ(LicenseRows(derived)[0].at("enabled_plans"), "p;q");
  EXPECT_EQ(LicenseRows(derived)[0].at("state"), "ActiveWithError");
  EXPECT_EQ(ClaimRows(derived)[0].at("violations"), "CountViolation");
  EXPECT_EQ(SeatRows(derived)[0].at("capacity"), "unlimited");
  EXPECT_EQ(SeatRows(derived)[0].at("overrun"), "2");
}

}  // namespace
}  // namespace seatwise::cases
