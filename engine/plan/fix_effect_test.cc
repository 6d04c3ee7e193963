#include "engine/plan/fix_effect.h"

#include "engine/plan/plan_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

PlanTenant Live(const TenantBuilder& builder) {
  const Facts& facts = builder.facts;
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// One seat of S, which ana takes and bob waits for; both hold T.
TenantBuilder Scarce() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C"}).Sku("S", {"A", "B"}, 1).Sku("T", {"B", "C"}, 9);
  tenant.Users({"ana", "bob"}).AssignUser("ana", "S", {}, 0, 1).AssignUser("bob", "S", {}, 0, 2);
  return tenant.AssignUser("ana", "T").AssignUser("bob", "T");
}

FixEffect Effect(PlanTenant& tenant, std::vector<Change> changes, const char* user) {
  const Prepared prepared = tenant.WhatIf(std::move(changes));
  return EffectOf(*tenant.state, *prepared.state, prepared.delta, tenant.User(user));
}

TEST(FixEffectTest, AUserMayTakeFromAnother) {
  PlanTenant tenant = Live(Scarce());
  const Change first = Put{Assignment{.principal = UserId("bob"),
                                      .sku = SkuId("S"),
                                      .disabled_plans = {},
                                      .priority = 5,
                                      .assigned_at = Time{2}}};
  const FixEffect bob = Effect(tenant, {first}, "bob");
  EXPECT_THAT(bob.gained_skus, ElementsAre(SkuId("S")));
  EXPECT_EQ(bob.others_losing, 1);
  EXPECT_EQ(bob.others_gaining, 0);
  EXPECT_THAT(bob.losing, ElementsAre(UserId("ana")));
  const FixEffect ana = Effect(tenant, {first}, "ana");
  EXPECT_THAT(ana.lost_skus, ElementsAre(SkuId("S")));
  // B is in T as well.
  EXPECT_THAT(ana.lost_plans, ElementsAre(PlanId("A")));
  EXPECT_EQ(ana.others_gaining, 1);
  EXPECT_THAT(ana.losing, IsEmpty());
}

TEST(FixEffectTest, APlanLessIsALossToo) {
  PlanTenant tenant = Live(Scarce());
  const Change without_c = Put{
      Assignment{.principal = UserId("ana"), .sku = SkuId("T"), .disabled_plans = {PlanId("C")}}};
  const FixEffect seen_by_bob = Effect(tenant, {without_c}, "bob");
  EXPECT_EQ(seen_by_bob.others_losing, 1);
  EXPECT_EQ(seen_by_bob.others_gaining, 0);
  EXPECT_THAT(seen_by_bob.lost_plans, IsEmpty());
  EXPECT_THAT(Effect(tenant, {without_c}, "ana").lost_plans, ElementsAre(PlanId("C")));
}

}  // namespace
}  // namespace seatwise
