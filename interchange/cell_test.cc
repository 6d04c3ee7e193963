#include "interchange/cell.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace seatwise {
namespace {

TEST(ParseIntegerTest, TakesASignAndDigitsOnly) {
  EXPECT_EQ(ParseInteger("0"), 0);
  EXPECT_EQ(ParseInteger("-0"), 0);
  EXPECT_EQ(ParseInteger("007"), 7);
  EXPECT_EQ(ParseInteger("-12"), -12);
  for (const char* bad : {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "1-"}) {
    EXPECT_EQ(ParseInteger(bad), std::nullopt) << bad;
  }
}

TEST(ParseIntegerTest, ClampsWhatDoesNotFit) {
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(ParseInteger("9223372036854775807"), kMax);
  EXPECT_EQ(ParseInteger("9223372036854775808"), kMax);
  EXPECT_EQ(ParseInteger(std::string(1'000, '9')), kMax);
  EXPECT_EQ(ParseInteger("-99999999999999999999"), kMin);
}

TEST(UnitPriceTest, HasAtMostFourFractionDigits) {
  EXPECT_EQ(ParseUnitPrice("12"), UnitPrice{120'000});
  EXPECT_EQ(ParseUnitPrice("12.5"), UnitPrice{125'000});
  EXPECT_EQ(ParseUnitPrice("0.0001"), UnitPrice{1});
  EXPECT_EQ(ParseUnitPrice("-3.25"), UnitPrice{-32'500});
  for (const char* bad : {"", ".5", "1.", "1.00000", "1,5", "1.5.", "a", "1.a", "+1", "1e2",
                          "922337203685477.5808", "99999999999999999999"}) {
    EXPECT_EQ(ParseUnitPrice(bad), std::nullopt) << bad;
  }
}

TEST(UnitPriceTest, IsWrittenAsShortAsCanBe) {
  for (const char* text : {"0", "12", "12.5", "0.0001", "-3.25", "-0.5", "922337203685477.5806"}) {
    const std::optional<UnitPrice> price = ParseUnitPrice(text);
    ASSERT_TRUE(price) << text;
    EXPECT_EQ(FormatUnitPrice(*price), text);
  }
}

TEST(SplitListTest, KeepsEmptyElements) {
  EXPECT_TRUE(SplitList("").empty());
  EXPECT_EQ(SplitList("a"), ListElements({"a"}));
  EXPECT_EQ(SplitList("a; b"), ListElements({"a", " b"}));
  EXPECT_EQ(SplitList(";a;"), ListElements({"", "a", ""}));
}

}  // namespace
}  // namespace seatwise
