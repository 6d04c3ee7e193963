#include "engine/incremental/prepare_parts.h"

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

LiveTenant Live(const Facts& facts) {
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// Everybody is in g, in the order of ids, for two seats of S; T has plenty.
TenantBuilder Short() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 2).Sku("T", {"B"}, 100).Groups({"g", "h"});
  tenant.Users({"ana", "bob", "cid", "dan"}).Assign("g", "S").Assign("h", "T");
  return tenant.Member("g", "ana", 1).Member("g", "bob", 2).Member("g", "cid", 3);
}

std::vector<LicenseState> StatesOfS(const LiveState& state) {
  std::vector<LicenseState> states;
  state.ForEachUserFrom("", [&](uint32_t user, absl::string_view) {
    state.ForEachLicense(user, [&](const LiveLicense& license) {
      if (state.catalog().sku(license.sku).id.value() == "S") states.push_back(license.state);
    });
    return true;
  });
  return states;
}

constexpr LicenseState kActive = LicenseState::kActive, kError = LicenseState::kError,
                       kDisabled = LicenseState::kDisabled;

TEST(PrepareTest, AMemberThatLeavesHandsTheSeatToTheNext) {
  LiveTenant tenant = Live(Short().facts);
  const Prepared prepared = tenant.WhatIf({Leave("g", "ana")});
  EXPECT_THAT(StatesOfS(*prepared.state), ElementsAre(kActive, kActive));
  EXPECT_EQ(prepared.statistics.users_affected, 1u);
  EXPECT_EQ(prepared.statistics.queue_repairs, 1u);
  ASSERT_EQ(prepared.delta.runs.size(), 2u);
  EXPECT_THAT(prepared.delta.runs[0].users, ElementsAre(tenant.User("ana")));
  EXPECT_EQ(prepared.delta.runs[0].after, std::nullopt);
  EXPECT_THAT(prepared.delta.runs[1].users, ElementsAre(tenant.User("cid")));
  // Nobody sees it yet.
  EXPECT_THAT(StatesOfS(tenant.state()), ElementsAre(kActive, kActive, kError));
}

TEST(PrepareTest, WhoIsNotAffectedSharesTheAnswer) {
  LiveTenant tenant = Live(Short().facts);
  const Prepared prepared = tenant.WhatIf({Join("h", "dan")});
  for (const char* user : {"ana", "bob", "cid"}) {
    const uint32_t number = tenant.User(user);
    EXPECT_EQ(prepared.state->parts().answers.OutcomeOf(number),
              tenant.state().parts().answers.OutcomeOf(number));
  }
  EXPECT_EQ(prepared.statistics.queue_repairs, 0u);
  EXPECT_EQ(prepared.delta.runs.size(), 1u);
}

TEST(PrepareTest, SeatsThatAreBoughtGoToWhoWaits) {
  LiveTenant tenant = Live(Short().facts);
  tenant.Commit({Units("S", 3)});
  EXPECT_THAT(StatesOfS(tenant.state()), ElementsAre(kActive, kActive, kActive));
  tenant.Commit({Units("S", 0)});
  EXPECT_THAT(StatesOfS(tenant.state()), ElementsAre(kError, kError, kError));
  EXPECT_EQ(tenant.state().Seats()[0].waiting, 3);
  tenant.Commit({Units("S", 1)});
  EXPECT_THAT(StatesOfS(tenant.state()), ElementsAre(kActive, kError, kError));
}

TEST(PrepareTest, ASkuThatGoesOffChangesEveryHolderAndNoOutcome) {  // S4
  LiveTenant tenant = Live(Short().facts);
  const Prepared prepared = tenant.Commit({Units("S", 2, SubscriptionStatus::kSuspended)});
  EXPECT_THAT(StatesOfS(tenant.state()), ElementsAre(kDisabled, kDisabled, kError));
  EXPECT_EQ(prepared.statistics.queue_repairs, 0u);
  ASSERT_EQ(prepared.delta.runs.size(), 1u);
  EXPECT_EQ(prepared.delta.runs[0].users.size(), 2u);
}

TEST(PrepareTest, NothingChangesNothing) {
  LiveTenant tenant = Live(Short().facts);
  const Prepared prepared = tenant.Commit({});
  EXPECT_THAT(prepared.delta.runs, IsEmpty());
  EXPECT_EQ(prepared.statistics.users_affected, 0u);
}

TEST(PrepareTest, StartingAnewGivesTheSame) {
  const std::vector<Change> changes = {Join("h", "ana"), Leave("g", "bob"), Units("S", 1),
                                       Put{User{.id = UserId("eva")}}, Join("g", "eva")};
  LiveTenant tenant = Live(Short().facts);
  const Prepared one_by_one = tenant.WhatIf(changes);
  const Prepared anew = tenant.WhatIf(changes, {.share = 0, .at_least = 0});
  EXPECT_FALSE(one_by_one.statistics.fell_back);
  EXPECT_TRUE(anew.statistics.fell_back);
  EXPECT_EQ(ExpandDerived(*anew.state), ExpandDerived(*one_by_one.state));
  EXPECT_EQ(anew.delta, one_by_one.delta);
}

TEST(PrepareTest, WhereMostWouldQueueEverythingIsDerivedAtOnce) {
  const PrepareLimits limits = {.share = 0.5, .at_least = 0, .many = 1};
  LiveTenant tenant = Live(Short().facts);
  // T is there for all, then for fewer than ask for it.
  const std::vector<Change> plenty = {
      Put{Assignment{.principal = GroupId("g"), .sku = SkuId("T")}}};
  EXPECT_FALSE(tenant.WhatIf(plenty, limits).statistics.fell_back);
  tenant.Commit({Units("T", 2)});
  const Prepared anew = tenant.WhatIf(plenty, limits);
  EXPECT_TRUE(anew.statistics.fell_back);
  const Prepared one_by_one = tenant.WhatIf(plenty);
  EXPECT_FALSE(one_by_one.statistics.fell_back);
  EXPECT_EQ(ExpandDerived(*anew.state), ExpandDerived(*one_by_one.state));
  EXPECT_EQ(anew.delta, one_by_one.delta);
}

TEST(PrepareTest, ThreadsGiveTheSame) {
  LiveTenant tenant = Live(Short().facts);
  const std::vector<Change> changes = {Join("h", "ana"), Join("h", "bob"), Join("h", "dan"),
                                       Leave("g", "ana")};
  const Prepared one_by_one = tenant.WhatIf(changes);
  const Prepared by_threads = tenant.WhatIf(changes, {.many = 1});
  EXPECT_EQ(ExpandDerived(*by_threads.state), ExpandDerived(*one_by_one.state));
  EXPECT_EQ(by_threads.delta, one_by_one.delta);
}

TEST(PrepareTest, TheLimitIsAShareOfTheUsersOfALargeTenant) {
  EXPECT_EQ(PrepareLimits().LimitFor(10), 20'000u);
  EXPECT_EQ(PrepareLimits().LimitFor(1'000'000), 500'000u);
}

}  // namespace
}  // namespace seatwise
