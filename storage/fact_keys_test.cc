#include "storage/fact_keys.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(FactKeysTest, DifferentFactsHaveDifferentKeys) {
  const FactKey keys[] = {
      TenantSettingsKey(),
      PlanId("a"),
      SkuId("a"),
      PlanConflict{PlanId("a"), PlanId("b")},
      PlanConflict{PlanId("ab"), PlanId("c")},
      PlanConflict{PlanId("a"), PlanId("bc")},
      PlanRequirement{PlanId("a"), {PlanId("b")}},
      PlanRequirement{PlanId("a"), {PlanId("b"), PlanId("c")}},
      PlanRequirement{PlanId("a"), {PlanId("bc")}},
      PlanProhibition{PlanId("a"), *Location::Parse("PT")},
      SubscriptionId("a"),
      UserId("a"),
      GroupId("a"),
      ObservedKey{UserId("a"), SkuId("b")},
      ObservedKey{UserId("a\0b"), SkuId("")},
  };
  std::set<std::string> stored;
  for (const FactKey& key : keys) {
    EXPECT_TRUE(stored.insert(StoredKey(key)).second) << key;
    EXPECT_EQ(TableOf(StoredKey(key)), TableOf(KindOf(key)));
  }
}

TEST(FactKeysTest, AssignmentsOfOnePrincipalShareAPrefix) {
  const NumberedPrincipal user{.is_group = false, .number = 7};
  const NumberedPrincipal group{.is_group = true, .number = 7};
  EXPECT_EQ(AssignmentStoredKey(user, SkuId("E3")).find(AssignmentsPrefix(user)), 0u);
  EXPECT_NE(AssignmentStoredKey(group, SkuId("E3")).find(AssignmentsPrefix(user)), 0u);
}

}  // namespace
}  // namespace seatwise
