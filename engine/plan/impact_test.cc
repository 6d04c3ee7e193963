#include "engine/plan/impact.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/incremental/live_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Three in staff want S, which has two seats and data; two of them want T as well, directly.
TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Plans({"CHAT", "MAIL"}).Sku("S", {"MAIL"}, 2).Sku("T", {"CHAT"}, 9).Sku("U", {}, 3);
  tenant.facts.plans[1].retains_data = true;
  tenant.Users({"ana", "bob", "cid"}).Groups({"staff"});
  tenant.Member("staff", "ana", 1).Member("staff", "bob", 2).Member("staff", "cid", 3);
  return tenant.Assign("staff", "S").AssignUser("ana", "T").AssignUser("bob", "T");
}

struct WhatIf {
  LiveTenant tenant;
  std::unique_ptr<const Impact> impact;

  explicit WhatIf(std::vector<Change> changes)
      : tenant(Tenant().facts,
               histories::LoadFacts(Tenant().facts, histories::AnyNumbers(Tenant().facts, 4))) {
    // The state itself is not the tenant's to give away, so a version that is equal stands for it.
    const Prepared base = tenant.Commit({});
    Prepared next = tenant.WhatIf(std::move(changes));
    impact = std::make_unique<Impact>(base.state, next.state,
                                      std::make_shared<const LicenseDelta>(std::move(next.delta)));
  }
  std::vector<std::string> Names(const std::vector<uint32_t>& users) const {
    std::vector<std::string> names;
    for (uint32_t user : users) names.emplace_back(impact->UserIdOf(user));
    std::ranges::sort(names);
    return names;
  }
};

TEST(ImpactTest, NothingComesOfNothing) {
  const WhatIf what_if({});
  const ImpactTotals& totals = what_if.impact->totals();
  EXPECT_EQ(totals.users, 0);
  EXPECT_EQ(totals.licenses_held, 4);
  EXPECT_THAT(totals.skus, IsEmpty());
  EXPECT_THAT(totals.plans, IsEmpty());
  EXPECT_THAT(what_if.impact->LicenseGroups(), IsEmpty());
  EXPECT_THAT(what_if.impact->ItemGroups(9), IsEmpty());
}

TEST(ImpactTest, FewerSeatsTakeLicensesAndPutDataAtRisk) {
  const WhatIf what_if({Units("S", 0)});
  const ImpactTotals& totals = what_if.impact->totals();
  EXPECT_EQ(totals.licenses_lost, 2);
  EXPECT_EQ(totals.licenses_gained, 0);
  EXPECT_EQ(totals.users, 2);
  EXPECT_EQ(totals.users_losing, 2);
  ASSERT_EQ(totals.skus.size(), 1u);
  EXPECT_EQ(totals.skus[0].sku, SkuId("S"));
  EXPECT_EQ(totals.skus[0].lost, 2);
  EXPECT_EQ(totals.skus[0].seats_before->waiting, 1);
  EXPECT_EQ(totals.skus[0].seats_after->waiting, 3);
  ASSERT_EQ(totals.plans.size(), 1u);
  EXPECT_EQ(totals.plans[0].lost, 2);
  EXPECT_TRUE(totals.plans[0].data_at_risk);
  EXPECT_EQ(totals.users_at_risk, 2);
  const auto count = static_cast<size_t>(ViolationCode::kCount);
  EXPECT_EQ(totals.violations[count].appeared, 2);
  EXPECT_EQ(totals.violations[count].cleared, 0);
}

TEST(ImpactTest, WhatIsAlikeIsOneGroup) {
  const WhatIf what_if({Delete{GroupId("staff"), /*cascade=*/true}});
  const auto groups = what_if.impact->LicenseGroups();
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0]->users.size(), 2u) << "ana and bob held it";
  EXPECT_EQ(groups[1]->users.size(), 1u) << "cid waited";
  const std::vector<ItemGroup> items = what_if.impact->ItemGroups(9);
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].users, 1);
  EXPECT_EQ(what_if.impact->GroupIdOf(items[0].item.group), "staff") << "though it is gone";
  EXPECT_THAT(what_if.Names(items[0].some_users), ElementsAre("cid"));
}

TEST(ImpactTest, OfAGroupSomeUsersAreNamed) {
  const WhatIf what_if({Put{PlanProhibition{PlanId("MAIL"), *Location::Parse("US")}}});
  const std::vector<ItemGroup> items = what_if.impact->ItemGroups(1);
  ASSERT_EQ(items.size(), 2u) << "nothing, or COUNT, became a prohibition";
  EXPECT_EQ(items[0].users, 2);
  EXPECT_EQ(items[0].some_users.size(), 1u);
}

TEST(ImpactTest, RowsAreReadOneByOneAndMayEndEarly) {
  const WhatIf what_if({Units("S", 0)});
  std::vector<uint32_t> with_items;
  what_if.impact->ForEachItems([&](uint32_t user, absl::Span<const ItemEffect> items) {
    EXPECT_EQ(items.size(), 1u);
    with_items.push_back(user);
    return true;
  });
  EXPECT_THAT(what_if.Names(with_items), ElementsAre("ana", "bob"));
  int at_risk = 0;
  what_if.impact->ForEachAtRisk([&](uint32_t, absl::Span<const PlanNo> plans) {
    EXPECT_EQ(what_if.impact->PlanIdOf(plans[0]), PlanId("MAIL"));
    return ++at_risk < 1;
  });
  EXPECT_EQ(at_risk, 1);
}

TEST(ImpactTest, SkusAndPlansThatComeAndGoKeepTheirNames) {
  const WhatIf what_if(
      {Delete{SkuId("T"), /*cascade=*/true}, Put{Sku{.id = SkuId("V"), .plans = {}}}});
  std::vector<std::string> skus;
  for (const SkuImpact& sku : what_if.impact->totals().skus) {
    skus.push_back(absl::StrCat(sku.sku.value(), sku.seats_before.has_value() ? " was" : "",
                                sku.seats_after.has_value() ? " is" : ""));
  }
  EXPECT_THAT(skus, ElementsAre("T was", "V is"));
  EXPECT_EQ(what_if.impact->totals().licenses_lost, 2);
}

TEST(RemovalGuardTest, CountsStrictlyMoreThanTheShare) {  // As R3.
  EXPECT_FALSE(TakesTooMany(0, 0, 10));
  EXPECT_FALSE(TakesTooMany(10, 100, 10));
  EXPECT_TRUE(TakesTooMany(11, 100, 10));
  EXPECT_TRUE(TakesTooMany(1, 1000, 0));
  EXPECT_FALSE(TakesTooMany(100, 100, 100));
  const WhatIf what_if({Units("S", 0)});
  EXPECT_EQ(LicensesLost(what_if.impact->delta()), 2);
  EXPECT_EQ(LicensesHeld(what_if.tenant.state()), 4);
}

}  // namespace
}  // namespace seatwise
