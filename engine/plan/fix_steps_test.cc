#include "engine/plan/fix_steps.h"

#include "engine/model/memory_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

template <typename Row>
Row FactOf(const MaybeStep& step) {
  return std::get<Row>(std::get<Put>(step.value().value().change).fact);
}

bool IsNothing(const MaybeStep& step) { return !step.value().has_value(); }

TEST(FixStepsTest, PlansAreAddedToThoseThatAreDisabled) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C"}).Sku("S", {"A", "B", "C"}, 1).Groups({"g"});
  tenant.Assign("g", "S", {"A"}, 3, 4);
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  const AssignmentKey key{GroupId("g"), SkuId("S")};
  const MaybeStep step = DisablePlans(draft, key, {PlanId("A"), PlanId("B")});
  EXPECT_THAT(step.value()->plans, ElementsAre(PlanId("B")));
  const Assignment put = FactOf<Assignment>(step);
  EXPECT_EQ(put.disabled_plans, PlanIdSet({PlanId("A"), PlanId("B")}));
  EXPECT_EQ(put.priority, 3);
  EXPECT_EQ(put.assigned_at, Time{4});
  EXPECT_TRUE(IsNothing(DisablePlans(draft, key, {PlanId("A")})));
  EXPECT_EQ(FactOf<Assignment>(EnablePlans(draft, key, {PlanId("A")})).disabled_plans, PlanIdSet());
  EXPECT_TRUE(IsNothing(EnablePlans(draft, key, {PlanId("B")})));
  const AssignmentKey none{UserId("ana"), SkuId("S")};
  EXPECT_TRUE(IsNothing(DisablePlans(draft, none, {PlanId("A")})));
  EXPECT_TRUE(IsNothing(DropAssignment(draft, none)));
  EXPECT_FALSE(IsNothing(DropAssignment(draft, key)));
}

TEST(FixStepsTest, OnlyWhoHasNoLocationGetsOne) {
  TenantBuilder tenant;
  tenant.Users({"ana"}).UserIn("bob", "DE");
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  const Location us = *Location::Parse("US");
  EXPECT_EQ(FactOf<User>(SetLocation(draft, UserId("ana"), us)).usage_location, us);
  EXPECT_TRUE(IsNothing(SetLocation(draft, UserId("bob"), us)));
}

TEST(FixStepsTest, AnAddressGoesHoweverItIsSpelled) {
  TenantBuilder tenant;
  tenant.UserWithAddress("ana", "SMTP:Ana@x", 1);
  tenant.facts.users[0].proxy_addresses.insert("smtp:other@x");
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  const std::vector<AddressClash> clashes = {{.address = "smtp:ana@x", .owner = UserId("bob")}};
  EXPECT_THAT(FactOf<User>(DropAddresses(draft, UserId("ana"), clashes)).proxy_addresses,
              ElementsAre("smtp:other@x"));
}

struct PurchaseCase {
  SubscriptionStatus first;
  SubscriptionStatus second;
  const char* bought;  // The id of the subscription that grows.
};

TEST(FixStepsTest, SeatsAreBoughtWhereTheyCount) {
  using enum SubscriptionStatus;
  for (const PurchaseCase& test : std::vector<PurchaseCase>{{kEnabled, kEnabled, "a"},
                                                            {kWarning, kEnabled, "b"},
                                                            {kWarning, kSuspended, "a"},
                                                            {kSuspended, kDeleted, "more-seats"}}) {
    Facts facts;
    facts.skus = {{.id = SkuId("S"), .part_number = "", .display_name = "", .plans = {}}};
    facts.subscriptions = {
        {.id = SubscriptionId("b"), .sku = SkuId("S"), .units = 2, .status = test.second},
        {.id = SubscriptionId("a"), .sku = SkuId("S"), .units = 2, .status = test.first}};
    const MemoryFacts stored(facts);
    const MaybeStep step = BuySeats(Draft(stored), SkuId("S"), 3);
    const auto bought = FactOf<Subscription>(step);
    EXPECT_EQ(bought.id, SubscriptionId(test.bought));
    EXPECT_EQ(bought.units, std::string(test.bought) == "more-seats" ? 3 : 5);
    EXPECT_EQ(step.value()->units, 3);
  }
}

TEST(FixStepsTest, WhatIsParkedCanBeRenewed) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 4, SubscriptionStatus::kLockedOut).Sku("T", {"A"}, 1);
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  const std::vector<FixStep> steps = Renewals(draft, SkuId("S")).value();
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_EQ(FactOf<Subscription>(MaybeStep(steps[0])).status, SubscriptionStatus::kEnabled);
  EXPECT_TRUE(Renewals(draft, SkuId("T"))->empty());
}

TEST(FixStepsTest, WhatUsersBoughtForThemselvesCanBeTakenOver) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 4).Sku("T", {"A"}, 1);
  tenant.Sku("U", {"A"}, 1, SubscriptionStatus::kSuspended);
  tenant.facts.subscriptions[0].self_service = true;
  tenant.facts.subscriptions[2].self_service = true;
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  const std::vector<FixStep> steps = TakeOvers(draft, SkuId("S")).value();
  ASSERT_EQ(steps.size(), 1u);
  EXPECT_FALSE(FactOf<Subscription>(MaybeStep(steps[0])).self_service);
  EXPECT_TRUE(TakeOvers(draft, SkuId("T"))->empty());
  EXPECT_TRUE(TakeOvers(draft, SkuId("U"))->empty());
}

TEST(FixStepsTest, APriorityIsOnlyLowered) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 4).Groups({"g"}).Assign("g", "S", {"A"}, 3, 4);
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  const AssignmentKey key{GroupId("g"), SkuId("S")};
  const auto put = FactOf<Assignment>(LowerPriority(draft, key, 2));
  EXPECT_EQ(put.priority, 2);
  EXPECT_EQ(put.assigned_at, Time{4});
  EXPECT_EQ(put.disabled_plans, PlanIdSet({PlanId("A")}));
  EXPECT_TRUE(IsNothing(LowerPriority(draft, key, 3)));
}

TEST(FixStepsTest, OnlyDirectMembersLeave) {
  TenantBuilder tenant;
  tenant.Users({"ana"}).Groups({"g", "h"}).Member("g", "ana");
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  EXPECT_EQ(LeaveGroup(draft, GroupId("g"), UserId("ana")).value()->change,
            Change(Delete{MembershipKey{GroupId("g"), UserId("ana")}}));
  EXPECT_TRUE(IsNothing(LeaveGroup(draft, GroupId("h"), UserId("ana"))));
}

TEST(FixStepsTest, WhatIsAssignedIsNotAssignedAgain) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Sku("T", {"A"}, 1).Users({"ana"}).AssignUser("ana", "S");
  const MemoryFacts facts(tenant.facts);
  const Draft draft(facts);
  EXPECT_TRUE(IsNothing(AssignSku(draft, UserId("ana"), SkuId("S"), Time{9})));
  EXPECT_EQ(FactOf<Assignment>(AssignSku(draft, UserId("ana"), SkuId("T"), Time{9})).assigned_at,
            Time{9});
}

}  // namespace
}  // namespace seatwise
