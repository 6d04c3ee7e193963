#include "tests/worlds/diff.h"

#include "gtest/gtest.h"

namespace seatwise::worlds {
namespace {

Derived TwoLicenses() {
  Derived derived;
  derived.licenses = {{UserId("ana"), SkuId("E3"), LicenseState::kActive, {PlanId("A")}},
                      {UserId("bob"), SkuId("E3"), LicenseState::kError, {}}};
  return derived;
}

TEST(DiffDerivedTest, NothingForEqualStates) {
  EXPECT_EQ(DiffDerived(TwoLicenses(), TwoLicenses()), "");
}

TEST(DiffDerivedTest, OnlyWhatDiffers) {
  Derived got = TwoLicenses();
  got.licenses[0].state = LicenseState::kDisabled;
  got.groups = {{GroupId("staff"), 1, 1, 0}};
  EXPECT_EQ(DiffDerived(TwoLicenses(), got),
            "licenses:\n"
            "- ana: E3 Active A\n"
            "+ ana: E3 Disabled A\n"
            "groups:\n"
            "+ group staff: members 1 licensed 1 with errors 0\n");
}

TEST(DiffDerivedTest, OrderCounts) {
  Derived got = TwoLicenses();
  std::swap(got.licenses[0], got.licenses[1]);
  EXPECT_EQ(DiffDerived(TwoLicenses(), got), "licenses:\nthe same rows in another order\n");
}

TEST(DiffDerivedTest, LongListsAreCut) {
  Derived got;
  for (int i = 0; i < 9; ++i) got.seats.push_back({.sku = SkuId(std::string(1, 'a' + i))});
  EXPECT_NE(DiffDerived({}, got).find("+ 5 more\n"), std::string::npos);
}

}  // namespace
}  // namespace seatwise::worlds
