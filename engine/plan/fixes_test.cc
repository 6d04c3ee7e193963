#include "engine/plan/fixes.h"

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
using ::testing::SizeIs;

PlanTenant Live(const TenantBuilder& builder) {
  const Facts& facts = builder.facts;
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// What is found for the claim of a user on a SKU, which is rejected.
FoundFixes Found(PlanTenant& tenant, const char* user, const char* sku, const FixLimits& limits) {
  for (const ClaimItem& item : tenant.state->Explain(tenant.User(user))) {
    if (item.granted || item.sku != SkuId(sku)) continue;
    return FindFixes(tenant.state, tenant.facts, ClaimOf(*tenant.state, tenant.User(user), item),
                     tenant.executor, limits)
        .value();
  }
  ADD_FAILURE() << "nothing is rejected";
  return {};
}

FoundFixes Found(const TenantBuilder& builder, const char* user, const char* sku,
                 const FixLimits& limits = {.most_fixes = 1}) {
  PlanTenant tenant = Live(builder);
  return Found(tenant, user, sku, limits);
}

std::vector<FixKind> KindsOf(const FoundFixes& found) {
  std::vector<FixKind> kinds;
  for (const Fix& fix : found.fixes) {
    for (const FixStep& step : fix.steps) kinds.push_back(step.kind);
  }
  return kinds;
}

using enum FixKind;

// Bob and ana are in office, which has E3; ana has E1 from before, which excludes it.
TenantBuilder Migration() {
  TenantBuilder tenant;
  tenant.Plans({"MAIL1", "MAIL3", "DOCS"}).Conflict("MAIL1", "MAIL3");
  tenant.Sku("E1", {"MAIL1", "DOCS"}, 9).Sku("E3", {"MAIL3", "DOCS"}, 9);
  tenant.Users({"ana", "bob"}).Groups({"office"}).Assign("office", "E3");
  tenant.Member("office", "ana", 5).Member("office", "bob", 5);
  return tenant.AssignUser("ana", "E1");
}

TEST(FixesTest, WhatIsInTheWayIsTakenBack) {
  const FoundFixes found = Found(Migration(), "ana", "E3");
  ASSERT_FALSE(found.fixes.empty());
  const Fix& fix = found.fixes[0];
  EXPECT_TRUE(fix.granted);
  EXPECT_EQ(fix.steps[0].change, Change(Delete{AssignmentKey{UserId("ana"), SkuId("E1")}}));
  EXPECT_THAT(fix.effect.gained_skus, ElementsAre(SkuId("E3")));
  EXPECT_THAT(fix.effect.lost_skus, ElementsAre(SkuId("E1")));
  EXPECT_THAT(fix.effect.lost_plans, ElementsAre(PlanId("MAIL1")));
  EXPECT_EQ(fix.effect.others_losing, 0);
}

TEST(FixesTest, WhatTakesLessComesFirst) {
  TenantBuilder tenant = Migration();
  // E1 has something that nothing else gives.
  tenant.Plans({"FORMS"});
  tenant.facts.skus[0].plans.insert(PlanId("FORMS"));
  const FoundFixes found = Found(tenant, "ana", "E3");
  ASSERT_THAT(KindsOf(found), ElementsAre(kDisablePlans));
  EXPECT_THAT(found.fixes[0].steps[0].plans, ElementsAre(PlanId("MAIL1")));
}

// Her own E1 given up heals ana; that office gives its E3 up could be tried, too.
TEST(FixesTest, WhatReachesManyNeedNotBeTriedOnceSomethingIsFound) {
  const FoundFixes all = Found(Migration(), "ana", "E3", {.most_fixes = 2});
  const FoundFixes few =
      Found(Migration(), "ana", "E3", {.most_fixes = 2, .most_touched_once_found = 1});
  EXPECT_LT(few.what_ifs, all.what_ifs);
  EXPECT_EQ(few.not_tried, 0u);
  ASSERT_FALSE(few.fixes.empty());
  EXPECT_EQ(few.fixes[0], all.fixes[0]);
}

TEST(FixesTest, NothingElseIsTriedOnceNothingCanBeBetter) {
  TenantBuilder tenant;
  tenant.facts.settings.default_usage_location = Location();
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Users({"ana", "bob"}).Groups({"g"}).Assign("g", "S");
  tenant.Member("g", "ana").Member("g", "bob");
  const FoundFixes found = Found(tenant, "ana", "S", {.most_fixes = 2});
  EXPECT_THAT(KindsOf(found), ElementsAre(kSetUsageLocation));
  EXPECT_EQ(found.what_ifs, 1u);
}

TEST(FixesTest, NoMoreSeatsAreBoughtThanNeeded) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Users({"ana", "bob", "cy", "di"}).Groups({"g"});
  tenant.Assign("g", "S").Member("g", "ana", 1).Member("g", "bob", 2).Member("g", "cy", 3);
  tenant.Member("g", "di", 4);
  const FoundFixes found = Found(tenant, "cy", "S");
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuySeats));
  EXPECT_EQ(found.fixes[0].steps[0].units, 2);
  EXPECT_EQ(found.fixes[0].effect.others_gaining, 1);
  EXPECT_EQ(found.what_ifs, 2u);
}

// Ana's claim needs a seat of each; bob's stands before her for S.
TEST(FixesTest, AClaimThatLacksSeveralSeatsGetsAll) {
  TenantBuilder tenant;
  tenant.Atomic().Plans({"A", "B"}).Sku("S", {"A"}, 0).Sku("T", {"B"}, 0).Users({"ana", "bob"});
  tenant.Groups({"g"}).Assign("g", "S").Assign("g", "T").Member("g", "ana", 2);
  tenant.AssignUser("bob", "S", {}, 0, 1);
  const FoundFixes found = Found(tenant, "ana", "S");
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuySeats, kBuySeats));
  EXPECT_EQ(found.fixes[0].steps[0].units, 2);
  EXPECT_EQ(found.fixes[0].steps[1].units, 1);
}

TEST(FixesTest, OneThingAfterTheOther) {
  // K1 first; once there is a location, a seat is missing.
  TenantBuilder tenant;
  tenant.facts.settings.default_usage_location = Location();
  tenant.Plans({"A"}).Sku("S", {"A"}, 0).Users({"ana"}).Groups({"g"}).Assign("g", "S");
  tenant.Member("g", "ana");
  const FoundFixes found = Found(tenant, "ana", "S", {.most_fixes = 1});
  ASSERT_THAT(KindsOf(found), ElementsAre(kSetUsageLocation, kBuySeats));
  EXPECT_TRUE(found.fixes[0].granted);
}

TEST(FixesTest, AMissingPlanIsEnabledWhereItIsLeftOut) {
  TenantBuilder tenant;
  tenant.Plans({"AUDIO", "TEAMS", "DOCS"}).Requires("AUDIO", {"TEAMS"});
  tenant.Sku("CONF", {"AUDIO"}, 9).Sku("E3", {"TEAMS", "DOCS"}, 9).Users({"ana"});
  tenant.AssignUser("ana", "CONF").AssignUser("ana", "E3", {"TEAMS"});
  EXPECT_THAT(KindsOf(Found(tenant, "ana", "CONF")), ElementsAre(kEnablePlans));
}

// Example 6 of the semantics.
TEST(FixesTest, WhatBringsTheMissingPlanIsHealed) {
  TenantBuilder tenant;
  tenant.Plans({"AUDIO", "TEAMS"}).Requires("AUDIO", {"TEAMS"});
  tenant.Sku("CONF", {"AUDIO"}, 9).Sku("E3", {"TEAMS"}, 0).Users({"ana"});
  tenant.AssignUser("ana", "CONF").AssignUser("ana", "E3");
  const FoundFixes found = Found(tenant, "ana", "CONF");
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuySeats));
  EXPECT_THAT(found.fixes[0].effect.gained_skus, ElementsAre(SkuId("CONF"), SkuId("E3")));
}

TEST(FixesTest, WhatIsTakenFromOthersIsSaid) {
  // Only without the SKU in the group; bob, who is elsewhere, loses it.
  TenantBuilder tenant;
  tenant.Atomic().Plans({"A", "P"}).Sku("S", {"A"}, 9).Sku("T", {"P"}, 9).Prohibited("P", "IN");
  tenant.Groups({"all", "g"}).Nested("all", "g").Assign("all", "S").Assign("all", "T");
  tenant.UserIn("ana", "IN").UserIn("bob", "US").Member("g", "ana").Member("g", "bob");
  const FoundFixes found = Found(tenant, "ana", "S", {.most_fixes = 9});
  ASSERT_FALSE(found.fixes.empty());
  EXPECT_TRUE(found.fixes[0].granted);
  EXPECT_EQ(found.fixes[0].effect.others_losing, 1);
  EXPECT_THAT(found.fixes[0].effect.losing, ElementsAre(UserId("bob")));
  // Ana alone can leave.
  EXPECT_EQ(found.fixes.at(1).effect.others_losing, 0);
  EXPECT_EQ(found.fixes[1].steps[0].kind, kLeaveGroup);
}

TEST(FixesTest, NoneIsAnHonestAnswer) {
  // Two plans of one SKU exclude each other, for the whole of a large group.
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Conflict("A", "B").Sku("S", {"A", "B"}, 9).Users({"ana"});
  tenant.Groups({"all", "g"}).Nested("all", "g").Assign("all", "S").Member("g", "ana");
  const FoundFixes found = Found(tenant, "ana", "S", {.most_what_ifs = 0});
  EXPECT_THAT(found.fixes, IsEmpty());
  const FoundFixes large = Found(tenant, "ana", "S", {.most_touched = 0});
  EXPECT_THAT(large.fixes, IsEmpty());
  EXPECT_GT(large.not_tried, 0u);
}

TEST(FixesTest, AllThatIsTriedTogetherHasALimit) {
  for (const int64_t most : {0, 1, 2}) {
    // Each idea reaches a user at least.
    const FoundFixes found =
        Found(Migration(), "ana", "E3", {.most_fixes = 9, .most_touched_in_all = most});
    EXPECT_LE(found.what_ifs, static_cast<size_t>(most));
  }
  const FixLimits none = {.most_touched_in_all = 0};
  EXPECT_GT(Found(Migration(), "ana", "E3", none).not_tried, 0u);
  EXPECT_EQ(Found(Migration(), "ana", "E3").not_tried, 0u);
}

}  // namespace
}  // namespace seatwise
