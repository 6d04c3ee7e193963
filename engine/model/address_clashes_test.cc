#include "engine/model/address_clashes.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
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

TEST(AddressClashesTest, CaseIsIgnoredAtEveryPlaceAndOfLettersOnly) {
  for (int byte = 0; byte < 256; ++byte) {
    for (size_t place : {0u, 6u, 7u, 8u, 16u}) {
      std::string address(17, 'x');
      address[place] = static_cast<char>(byte);
      std::string other = address;
      other[place] = static_cast<char>(byte ^ 0x20);
      const bool is_letter = absl::ascii_isalpha(static_cast<unsigned char>(byte));
      const auto clashes =
          FindAddressClashes(Column({{0, address}, {1, other}}), {Time{1}, Time{2}}, {0, 1});
      ASSERT_EQ(clashes.size(), is_letter ? 1u : 0u) << byte << " at " << place;
    }
  }
}

TEST(AddressClashesTest, AmongManyOnlyThoseThatSeveralHaveClash) {
  AddressColumn column;
  std::vector<Time> created_at;
  std::vector<uint32_t> number_of;
  for (uint32_t user = 0; user < 20'000; ++user) {
    column.user.push_back(user);
    column.address.Add(absl::StrCat("smtp:", user % 19'990, "@contoso.com"));
    created_at.push_back(Time{user});
    number_of.push_back(user);
  }
  const auto clashes = FindAddressClashes(column, created_at, number_of);
  ASSERT_EQ(clashes.size(), 10u);
  for (uint32_t i = 0; i < 10; ++i) {
    EXPECT_EQ(clashes[i], (ClashRow{19'990 + i, i, absl::StrCat("smtp:", i, "@contoso.com")}));
  }
}

TEST(AddressClashesTest, PrefixesAndOtherLettersAreDifferentAddresses) {
  EXPECT_THAT(
      FindAddressClashes(Column({{0, "smtp:a"}, {1, "sip:a"}, {0, "\xc3\x84"}, {1, "\xc3\xa4"}}),
                         {Time{1}, Time{2}}, {0, 1}),
      IsEmpty());
}

}  // namespace
}  // namespace seatwise
