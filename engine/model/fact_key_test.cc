#include "engine/model/fact_key.h"

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// A key of each kind, ascending; of the kinds with principals, one for a user and one for a group.
std::vector<FactKey> SomeKeys() {
  return {
      TenantSettingsKey(),
      PlanId("a"),
      SkuId("a"),
      PlanConflict{PlanId("a"), PlanId("b")},
      PlanRequirement{PlanId("a"), {PlanId("b")}},
      PlanRequirement{PlanId("a"), {PlanId("b"), PlanId("c")}},
      PlanProhibition{PlanId("a"), *Location::Parse("DE")},
      SubscriptionId("a"),
      UserId("a"),
      GroupId("a"),
      MembershipKey{GroupId("a"), UserId("b")},
      MembershipKey{GroupId("a"), GroupId("a")},
      AssignmentKey{UserId("b"), SkuId("a")},
      AssignmentKey{GroupId("a"), SkuId("a")},
      ObservedKey{UserId("a"), SkuId("a")},
  };
}

TEST(FactKeyTest, EachFactHasAKeyOfItsKind) {
  const Fact facts[] = {TenantSettings(),  ServicePlan(),     Sku(),          PlanConflict(),
                        PlanRequirement(), PlanProhibition(), Subscription(), User(),
                        Group(),           Membership(),      Assignment(),   Observed()};
  size_t kind = 0;
  for (const Fact& fact : facts) {
    EXPECT_EQ(fact.index(), kind);
    EXPECT_EQ(KeyOf(fact).index(), kind);
    ++kind;
  }
}

TEST(FactKeyTest, TheKeyLeavesOutTheContent) {
  EXPECT_EQ(KeyOf(Fact(Membership{GroupId("g"), UserId("u"), Time{5}})),
            FactKey(MembershipKey{GroupId("g"), UserId("u")}));
  EXPECT_EQ(KeyOf(Fact(Assignment{.principal = GroupId("g"), .sku = SkuId("s"), .priority = 7})),
            FactKey(AssignmentKey{GroupId("g"), SkuId("s")}));
  EXPECT_EQ(KeyOf(Fact(Sku{.id = SkuId("s"), .part_number = "x"})), FactKey(SkuId("s")));
}

TEST(FactKeyTest, AConflictHasOneKeyInBothDirections) {
  const PlanConflict there{PlanId("a"), PlanId("b")};
  const PlanConflict back{PlanId("b"), PlanId("a")};
  EXPECT_EQ(KeyOf(Fact(back)), FactKey(there));
  EXPECT_EQ(Normalised(FactKey(back)), FactKey(there));
  EXPECT_EQ(Normalised(Fact(back)), Fact(there));
  EXPECT_EQ(Normalised(FactKey(there)), FactKey(there));
}

TEST(FactKeyTest, KeysAreOrderedAndHashed) {
  const std::vector<FactKey> keys = SomeKeys();
  for (size_t i = 1; i < keys.size(); ++i) EXPECT_LT(keys[i - 1], keys[i]) << keys[i];
  const absl::flat_hash_set<FactKey, FactKeyHash> set(keys.begin(), keys.end());
  EXPECT_EQ(set.size(), keys.size());
  absl::flat_hash_set<size_t> hashes;
  for (const FactKey& key : SomeKeys()) {
    EXPECT_TRUE(set.contains(key)) << key;
    hashes.insert(FactKeyHash()(key));
  }
  EXPECT_EQ(hashes.size(), keys.size());
}

TEST(FactKeyTest, DescriptionsNameTheKindAndTheIds) {
  std::vector<std::string> texts;
  for (const FactKey& key : SomeKeys()) texts.push_back(Describe(key));
  EXPECT_EQ(texts, (std::vector<std::string>{
                       "the tenant's settings",
                       "plan 'a'",
                       "SKU 'a'",
                       "conflict of plans 'a' and 'b'",
                       "requirement of plan 'a' for any of 'b'",
                       "requirement of plan 'a' for any of 'b', 'c'",
                       "prohibition of plan 'a' in 'DE'",
                       "subscription 'a'",
                       "user 'a'",
                       "group 'a'",
                       "membership of user 'b' in group 'a'",
                       "membership of group 'a' in group 'a'",
                       "assignment of SKU 'a' to user 'b'",
                       "assignment of SKU 'a' to group 'a'",
                       "observed SKU 'a' of user 'a'",
                   }));
}

TEST(FactKeyTest, LongSetsAreCutInDescriptions) {
  PlanRequirement requirement{PlanId("p"), {}};
  for (char c = 'a'; c < 'h'; ++c) requirement.any_of.insert(PlanId(std::string(1, c)));
  EXPECT_EQ(Describe(FactKey(requirement)),
            "requirement of plan 'p' for any of 'a', 'b', 'c', 'd', 'e' and 2 more");
}

TEST(FactKeyTest, KindsHaveNames) {
  EXPECT_EQ(KindName(FactKind::kSku), "SKU");
  EXPECT_EQ(KindNames(FactKind::kMembership), "memberships");
  EXPECT_EQ(KindNames(FactKind::kObserved), "observed licenses");
}

}  // namespace
}  // namespace seatwise
