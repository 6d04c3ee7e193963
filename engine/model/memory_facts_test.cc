#include "engine/model/memory_facts.h"

#include <algorithm>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/reference.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<FactKey> Dependents(const FactsView& facts, const FactKey& named, Link link) {
  std::vector<FactKey> keys;
  EXPECT_TRUE(facts
                  .ForEachDependent(named, link,
                                    [&](const FactKey& key) {
                                      keys.push_back(key);
                                      return true;
                                    })
                  .ok());
  return keys;
}

TEST(MemoryFactsTest, GivesBackWhatItWasGivenSortedByKey) {
  const Facts sorted = tiny::Tenant();
  Facts shuffled = sorted;
  std::reverse(shuffled.plans.begin(), shuffled.plans.end());
  std::reverse(shuffled.memberships.begin(), shuffled.memberships.end());
  std::swap(shuffled.conflicts[0].a, shuffled.conflicts[0].b);
  EXPECT_EQ(MemoryFacts(sorted).ToFacts(), sorted);
  EXPECT_EQ(MemoryFacts(shuffled).ToFacts(), sorted);
}

TEST(MemoryFactsTest, AnEmptyTenantHasItsSettings) {
  const MemoryFacts facts;
  EXPECT_EQ(facts.ToFacts(), Facts());
  EXPECT_EQ(*facts.Contains(TenantSettingsKey()), true);
  EXPECT_EQ(*facts.Find(TenantSettingsKey()), Fact(TenantSettings()));
  EXPECT_EQ(*facts.Count(FactKind::kTenantSettings), 1u);
  EXPECT_EQ(*facts.Count(FactKind::kUser), 0u);
}

TEST(MemoryFactsTest, FindsFactsByKey) {
  const MemoryFacts facts(tiny::Tenant());
  EXPECT_EQ(*facts.Find(SkuId("e1")), Fact(tiny::Product("e1", {"kiosk"})));
  EXPECT_EQ(*facts.Find(SkuId("nothing")), std::nullopt);
  EXPECT_EQ(*facts.Contains(GroupId("staff")), true);
  EXPECT_EQ(*facts.Contains(UserId("staff")), false);
  EXPECT_EQ(*facts.Count(FactKind::kMembership), 3u);
}

TEST(MemoryFactsTest, KnowsWhoNamesWhom) {
  const MemoryFacts facts(tiny::Tenant());
  EXPECT_THAT(Dependents(facts, GroupId("staff"), Link::kAssignmentPrincipal),
              ElementsAre(AssignmentKey{GroupId("staff"), SkuId("e3")}));
  EXPECT_THAT(Dependents(facts, PlanId("docs"), Link::kAssignmentDisabledPlan),
              ElementsAre(AssignmentKey{GroupId("staff"), SkuId("e3")}));
  EXPECT_THAT(Dependents(facts, PlanId("mail"), Link::kConflictPlan),
              ElementsAre(tiny::Conflict("kiosk", "mail")));
  EXPECT_THAT(Dependents(facts, SkuId("e3"), Link::kSubscriptionSku),
              ElementsAre(SubscriptionId("s3")));
}

TEST(MemoryFactsTest, AppliesPutsAndDeletes) {
  MemoryFacts facts(tiny::Tenant());
  const auto result = Validate({{Put{tiny::Product("e1", {"mail"})}, Put{tiny::Person("cid")},
                                 Delete{MembershipKey{GroupId("staff"), UserId("ana")}}}},
                               facts);
  ASSERT_TRUE(result.ok());
  ASSERT_TRUE(result->changes);
  facts.Apply(*result->changes);
  Facts expected = tiny::Tenant();
  expected.skus[0] = tiny::Product("e1", {"mail"});
  expected.users.push_back(tiny::Person("cid"));
  expected.memberships.erase(expected.memberships.begin() + 1);
  EXPECT_EQ(facts.ToFacts(), expected);
  EXPECT_EQ(*facts.Count(FactKind::kUser), 3u);
  EXPECT_EQ(*facts.Count(FactKind::kMembership), 2u);
  EXPECT_THAT(Dependents(facts, PlanId("kiosk"), Link::kSkuPlan), IsEmpty());
  EXPECT_THAT(Dependents(facts, PlanId("mail"), Link::kSkuPlan),
              ElementsAre(SkuId("e1"), SkuId("e3")));
  EXPECT_THAT(Dependents(facts, UserId("ana"), Link::kMembershipMember), IsEmpty());
}

}  // namespace
}  // namespace seatwise
