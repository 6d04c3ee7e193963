#include "engine/plan/seat_ways.h"

#include <variant>

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

using enum SeatWayKind;

PlanTenant Live(const TenantBuilder& builder) {
  const Facts& facts = builder.facts;
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// The ways for a user who waits for a seat of S, or for all who do, of whom it is the last.
SeatWays Ways(const TenantBuilder& builder, const char* user, bool grants,
              const std::vector<Fix>& known = {}, const SeatWayLimits& limits = {}) {
  PlanTenant tenant = Live(builder);
  for (const ClaimItem& item : tenant.state->Explain(tenant.User(user))) {
    if (item.sku != SkuId("S") || item.granted) continue;
    const SeatWish wish = {.sku = tenant.state->FindSku("S").value(),
                           .claim = ClaimOf(*tenant.state, tenant.User(user), item),
                           .seats = std::get<Count>(item.violations[0]).place,
                           .grants = grants};
    return *FindSeatWays(tenant.state, tenant.facts, wish, known, tenant.executor, limits);
  }
  ADD_FAILURE() << user << " waits for nothing";
  return {};
}

std::vector<SeatWayKind> KindsOf(const SeatWays& found) {
  std::vector<SeatWayKind> kinds;
  for (const SeatWay& way : found.ways) kinds.push_back(way.kind);
  return kinds;
}

// Two seats, for the first of five who are in g.
TenantBuilder Short() {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 2).Users({"ana", "bob", "cy", "di", "eve"}).Groups({"g"});
  tenant.Assign("g", "S", {}, 1).Member("g", "ana", 1).Member("g", "bob", 2).Member("g", "cy", 3);
  return tenant.Member("g", "di", 4).Member("g", "eve", 5);
}

// One more of two units, which does not count.
Subscription& AddParked(TenantBuilder& tenant, SubscriptionStatus status) {
  tenant.facts.subscriptions.push_back(
      {.id = SubscriptionId("more"), .sku = SkuId("S"), .units = 2, .status = status});
  return tenant.facts.subscriptions.back();
}

TEST(SeatWaysTest, SeatsAreBoughtUnlessThatIsKnown) {
  const SeatWays found = Ways(Short(), "eve", true);
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuy));
  EXPECT_EQ(found.ways[0].units, 3);
  EXPECT_EQ(found.ways[0].seated, 3);
  EXPECT_EQ(found.ways[0].losing, 0);
  EXPECT_EQ(found.what_ifs, 1u);
  EXPECT_THAT(KindsOf(Ways(Short(), "eve", true, {{.steps = found.ways[0].steps}})), IsEmpty());
}

TEST(SeatWaysTest, ASubscriptionIsRenewedForWhomItIsEnough) {
  TenantBuilder tenant = Short();
  AddParked(tenant, SubscriptionStatus::kLockedOut);
  const SeatWays found = Ways(tenant, "di", true);
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuy, kRenew));
  EXPECT_EQ(found.ways[1].units, 2);
  EXPECT_EQ(found.ways[1].seated, 2);
  EXPECT_THAT(KindsOf(Ways(tenant, "eve", true)), ElementsAre(kBuy));
  EXPECT_THAT(KindsOf(Ways(tenant, "eve", false)), ElementsAre(kBuy, kRenew));
  EXPECT_THAT(KindsOf(Ways(tenant, "di", true, {{.steps = found.ways[1].steps}})),
              ElementsAre(kBuy));
}

// S4: what all parked units held together is more than one subscription has.
TEST(SeatWaysTest, ARenewalThatTakesMoreThanItGivesIsNoWay) {
  TenantBuilder tenant = Short();
  tenant.facts.subscriptions[0].status = SubscriptionStatus::kSuspended;
  AddParked(tenant, SubscriptionStatus::kSuspended);
  EXPECT_THAT(KindsOf(Ways(tenant, "eve", false)), ElementsAre(kBuy));
}

TEST(SeatWaysTest, WhatUsersBoughtForThemselvesIsTakenOver) {
  TenantBuilder tenant = Short();
  AddParked(tenant, SubscriptionStatus::kEnabled).self_service = true;
  const SeatWays found = Ways(tenant, "eve", false);
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuy, kTakeOver));
  EXPECT_EQ(found.ways[1].units, 2);
  EXPECT_EQ(found.ways[1].seated, 2);
}

TEST(SeatWaysTest, BlockedAccountsAndGuestsGiveTheirsUp) {
  TenantBuilder tenant = Short();
  tenant.Sku("T", {"A"}, 9).Assign("g", "T");
  tenant.facts.users[0].account_enabled = false;
  tenant.facts.users[1].user_type = UserType::kGuest;
  const SeatWays found = Ways(tenant, "eve", false);
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuy, kTakeFromBlocked, kTakeFromGuests));
  EXPECT_EQ(found.ways[1].holders, 1);
  EXPECT_EQ(found.ways[1].looked_at, 2);
  EXPECT_THAT(found.ways[1].taken_from, ElementsAre(UserId("ana")));
  EXPECT_EQ(found.ways[1].seated, 1);
  // Who leaves the group loses T, too.
  EXPECT_EQ(found.ways[1].losing, 1);
  EXPECT_THAT(found.ways[1].losing_sample, ElementsAre(UserId("ana")));
  EXPECT_THAT(found.ways[2].taken_from, ElementsAre(UserId("bob")));
  EXPECT_THAT(KindsOf(Ways(tenant, "cy", true)),
              ElementsAre(kBuy, kTakeFromBlocked, kTakeFromGuests));
}

TEST(SeatWaysTest, NoMoreIsTakenBackThanNeededAndFirstWhatCostsLeast) {
  TenantBuilder tenant = Short();
  // Fay holds a seat directly, before all others.
  tenant.Users({"fay"}).AssignUser("fay", "S", {}, 2);
  for (const size_t i : {0, 5}) tenant.facts.users[i].account_enabled = false;
  const SeatWays found = Ways(tenant, "bob", true);
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuy, kTakeFromBlocked, kLowerPriority));
  EXPECT_EQ(found.ways[1].holders, 2);
  EXPECT_THAT(found.ways[1].taken_from, ElementsAre(UserId("fay")));
  EXPECT_EQ(found.ways[1].losing, 0);
}

TEST(SeatWaysTest, AnAssignmentThatIsServedBeforeIsServedAfter) {
  TenantBuilder tenant = Short();
  tenant.Users({"fay", "gil"}).Groups({"board"}).Assign("board", "S", {}, 7);
  tenant.Member("board", "fay", 8).Member("board", "gil", 9);
  const SeatWays found = Ways(tenant, "bob", true);
  ASSERT_THAT(KindsOf(found), ElementsAre(kBuy, kLowerPriority));
  const SeatWay& way = found.ways[1];
  EXPECT_EQ(std::get<Assignment>(std::get<Put>(way.steps[0].change).fact).priority, 0);
  EXPECT_EQ(way.seated, 2);
  EXPECT_EQ(way.losing, 2);
  EXPECT_THAT(way.losing_sample, ElementsAre(UserId("fay"), UserId("gil")));
  // Two seats are not enough for the third.
  EXPECT_THAT(KindsOf(Ways(tenant, "cy", true)), ElementsAre(kBuy));
}

TEST(SeatWaysTest, WhatWouldReachTooManyIsCounted) {
  TenantBuilder tenant = Short();
  tenant.facts.users[0].account_enabled = false;
  const SeatWays found = Ways(tenant, "eve", false, {}, {.most_touched = 0});
  EXPECT_THAT(KindsOf(found), IsEmpty());
  EXPECT_EQ(found.not_tried, 2u);
  EXPECT_EQ(found.what_ifs, 0u);
}

}  // namespace
}  // namespace seatwise
