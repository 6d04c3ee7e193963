#include "engine/plan/seat_holders.h"

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
using ::testing::UnorderedElementsAre;

// Three hold S, the last by two ways; di waits. Ana is blocked, bob a guest, cy both.
TenantBuilder Short() {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 3).Sku("T", {"A"}, 9).Users({"ana", "bob", "cy", "di"});
  tenant.Groups({"all", "g", "h", "other"}).Nested("all", "g").Nested("all", "h");
  tenant.Assign("all", "S").Member("g", "ana", 1).Member("g", "bob", 2).Member("g", "cy", 3);
  tenant.Member("h", "cy", 3).Member("other", "cy").AssignUser("cy", "S", {}, 0, 3);
  tenant.Member("all", "di", 4).AssignUser("cy", "T");
  tenant.facts.users[0].account_enabled = false;
  tenant.facts.users[1].user_type = UserType::kGuest;
  tenant.facts.users[2].account_enabled = false;
  tenant.facts.users[2].user_type = UserType::kGuest;
  return tenant;
}

PlanTenant Live(const TenantBuilder& builder) {
  const Facts& facts = builder.facts;
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

SkuNo S(const PlanTenant& tenant) { return tenant.state->FindSku("S").value(); }

TEST(SeatHoldersTest, TheLastOfTheQueueAreVisited) {
  const PlanTenant tenant = Live(Short());
  std::vector<uint32_t> users;
  ForEachLastHolder(*tenant.state, S(tenant), 2,
                    [&](const QueuePlace& place) { users.push_back(place.user); });
  EXPECT_THAT(users, ElementsAre(tenant.User("bob"), tenant.User("cy")));
}

TEST(SeatHoldersTest, WhoIsBlockedIsNoGuestHere) {
  const PlanTenant tenant = Live(Short());
  const IdleHolders idle = FindIdleHolders(*tenant.state, S(tenant), 100);
  EXPECT_THAT(idle.blocked, ElementsAre(tenant.User("ana"), tenant.User("cy")));
  EXPECT_THAT(idle.guests, ElementsAre(tenant.User("bob")));
  EXPECT_EQ(idle.looked_at, 3u);
  const IdleHolders last = FindIdleHolders(*tenant.state, S(tenant), 1);
  EXPECT_THAT(last.blocked, ElementsAre(tenant.User("cy")));
  EXPECT_THAT(last.guests, IsEmpty());
  EXPECT_EQ(last.looked_at, 1u);
}

TEST(SeatHoldersTest, EveryWayToTheSkuIsGivenUpAndNoOther) {
  const PlanTenant tenant = Live(Short());
  const Draft draft(tenant.facts);
  const std::vector<FixStep> steps =
      GivingUp(*tenant.state, draft, tenant.User("cy"), S(tenant)).value();
  std::vector<Change> changes;
  for (const FixStep& step : steps) changes.push_back(step.change);
  EXPECT_THAT(changes,
              UnorderedElementsAre(Change(Delete{AssignmentKey{UserId("cy"), SkuId("S")}}),
                                   Change(Delete{MembershipKey{GroupId("g"), UserId("cy")}}),
                                   Change(Delete{MembershipKey{GroupId("h"), UserId("cy")}})));
}

}  // namespace
}  // namespace seatwise
