#include "engine/incremental/changed_users.h"

#include <string>
#include <utility>
#include <vector>

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
using ::testing::UnorderedElementsAre;

LiveTenant Live(const Facts& facts) {
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// Ana and bob want the one seat of S; cid has T, of which nobody else asks.
TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 9);
  tenant.Users({"ana", "bob", "cid"}).Groups({"staff", "board"});
  tenant.Member("staff", "ana", 1).Member("staff", "bob", 2).Member("board", "cid", 3);
  return tenant.Assign("staff", "S").Assign("board", "T");
}

std::vector<std::string> Changed(LiveTenant& tenant, std::vector<Change> changes) {
  const Prepared next = tenant.WhatIf(std::move(changes));
  std::vector<std::string> ids;
  for (const ChangedUser& changed : ChangedUsers(tenant.state().parts(), next.state->parts())) {
    const absl::string_view id = next.state->UserIdOf(changed.user);
    ids.emplace_back(id.empty() ? tenant.state().UserIdOf(changed.user) : id);
  }
  return ids;
}

TEST(ChangedUsersTest, AreThoseWhoseOutcomeIsAnotherOne) {
  LiveTenant tenant = Live(Tenant().facts);
  EXPECT_THAT(Changed(tenant, {}), IsEmpty());
  EXPECT_THAT(Changed(tenant, {Leave("staff", "bob")}), ElementsAre("bob"));
  EXPECT_THAT(Changed(tenant, {Units("S", 2)}), ElementsAre("bob"));
  EXPECT_THAT(Changed(tenant, {Leave("staff", "ana")}), UnorderedElementsAre("ana", "bob"));
  EXPECT_THAT(Changed(tenant, {Put{User{.id = UserId("dan")}}, Join("staff", "dan", 0)}),
              UnorderedElementsAre("ana", "dan"));
  EXPECT_THAT(Changed(tenant, {Delete{UserId("cid")}}), ElementsAre("cid"));
}

TEST(ChangedUsersTest, AreThoseToWhomItMattersThatASkuGoesOff) {  // S4
  LiveTenant tenant = Live(Tenant().facts);
  EXPECT_THAT(Changed(tenant, {Units("T", 9, SubscriptionStatus::kSuspended)}), ElementsAre("cid"));
}

}  // namespace
}  // namespace seatwise
