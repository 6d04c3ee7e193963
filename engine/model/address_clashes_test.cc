#include "engine/model/address_clashes.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

AddressColumn Column(std::initializer_list<std::pair<uint32_t, absl::string_view>> rows) {
  AddressColumn column;
  for (const auto& [user, address] : rows) {
    column.user.push_back(user);
    column.address.Add(address);
  }
  return column;
}

TEST(AddressClashesTest, TheOldestUserOwnsAndTheOthersClash) {
  const auto clashes =
      FindAddressClashes(Column({{0, "smtp:a@x"}, {1, "SMTP:A@X"}, {2, "smtp:a@x"}}),
                         {Time{5}, Time{3}, Time{4}}, {0, 1, 2});
  EXPECT_THAT(clashes, ElementsAre(ClashRow{0, 1, "smtp:a@x"}, ClashRow{2, 1, "smtp:a@x"}));
}

TEST(AddressClashesTest, EqualAgeIsDecidedByTheId) {
  // Position 0 has the later id.
  const auto clashes = FindAddressClashes(Column({{0, "a"}, {1, "a"}}), {Time{1}, Time{1}}, {1, 0});
  EXPECT_THAT(clashes, ElementsAre(ClashRow{1, 0, "a"}));
}

TEST(AddressClashesTest, OwnSpellingsDoNotClashAndReportOnce) {
  EXPECT_THAT(FindAddressClashes(Column({{0, "a"}, {0, "A"}}), {Time{1}}, {0}), IsEmpty());
  EXPECT_THAT(
      FindAddressClashes(Column({{0, "a"}, {0, "A"}, {1, "a"}}), {Time{2}, Time{1}}, {0, 1}),
      ElementsAre(ClashRow{0, 1, "a"}));
}

TEST(AddressClashesTest, PrefixesAndOtherLettersAreDifferentAddresses) {
  EXPECT_THAT(
      FindAddressClashes(Column({{0, "smtp:a"}, {1, "sip:a"}, {0, "\xc3\x84"}, {1, "\xc3\xa4"}}),
                         {Time{1}, Time{2}}, {0, 1}),
      IsEmpty());
}

}  // namespace
}  // namespace seatwise
