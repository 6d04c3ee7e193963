#include "engine/incremental/live_state.h"

#include <string>

#include "engine/incremental/live_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

LiveTenant Live(const Facts& facts) {
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// Ana and bob have one seat of S, and T each; bob's T is off.
TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 9, SubscriptionStatus::kSuspended);
  tenant.Users({"bob", "ana"}).Groups({"staff", "board", "empty"});
  tenant.Member("staff", "ana", 1).Member("staff", "bob", 2).Member("board", "bob", 3);
  return tenant.Assign("staff", "S").Assign("board", "T").Assign("empty", "T");
}

TEST(LiveStateTest, UsersAndGroupsAreFoundAndListedById) {
  const LiveTenant tenant = Live(Tenant().facts);
  EXPECT_EQ(tenant.state().UserIdOf(tenant.User("ana")), "ana");
  EXPECT_EQ(tenant.state().GroupIdOf(tenant.Group("board")), "board");
  EXPECT_EQ(tenant.state().FindUser("staff"), std::nullopt);
  EXPECT_EQ(tenant.state().FindSku("X"), std::nullopt);
  std::vector<std::string> ids;
  tenant.state().ForEachGroupFrom("c", [&](uint32_t, absl::string_view id) {
    ids.emplace_back(id);
    return true;
  });
  EXPECT_THAT(ids, ElementsAre("empty", "staff"));
  EXPECT_EQ(tenant.state().user_count(), 2u);
  EXPECT_EQ(tenant.state().group_count(), 3u);
}

TEST(LiveStateTest, LicensesAreReadByTheIdOfTheSku) {
  const LiveTenant tenant = Live(Tenant().facts);
  const uint32_t bob = tenant.User("bob");
  const std::vector<License> want = {
      {UserId("bob"), SkuId("S"), LicenseState::kError, {}},
      {UserId("bob"), SkuId("T"), LicenseState::kDisabled, {PlanId("B")}}};
  EXPECT_EQ(tenant.state().LicensesOf(bob), want);
  EXPECT_TRUE(seatwise::IsEmpty(tenant.state().EffectivePlansOf(bob)));  // O4
  EXPECT_FALSE(seatwise::IsEmpty(tenant.state().EffectivePlansOf(tenant.User("ana"))));
}

TEST(LiveStateTest, ItemsAndExplanationsSayWhy) {
  const LiveTenant tenant = Live(Tenant().facts);
  const uint32_t bob = tenant.User("bob");
  std::vector<std::pair<uint32_t, int>> items;
  tenant.state().ForEachItem(
      bob, [&](const LiveItem& item) { items.emplace_back(item.principal, item.violations); });
  EXPECT_THAT(items, ElementsAre(std::pair(tenant.Group("board"), 0),
                                 std::pair(tenant.Group("staff"), 32)));
  const std::vector<ClaimItem> explained = tenant.state().Explain(bob);
  ASSERT_EQ(explained.size(), 2u);
  EXPECT_THAT(explained[1].violations, ElementsAre(Violation(Count{1})));
}

TEST(LiveStateTest, CountOfAnAtomicClaimIsShownOnTheFullSkuOnly) {  // K6, K7
  TenantBuilder builder = Tenant().Atomic();
  builder.Assign("staff", "T");
  LiveTenant tenant = Live(builder.facts);
  const auto bobs_codes = [&] {
    std::vector<int> codes;
    tenant.state().ForEachItem(tenant.User("bob"), [&](const LiveItem& item) {
      if (item.principal == tenant.Group("staff")) codes.push_back(item.violations);
    });
    return codes;
  };
  EXPECT_THAT(bobs_codes(), ElementsAre(32, 64));
  // Bob holds T by board; without it T is wanted, and full once it has one seat.
  tenant.Commit({Leave("board", "bob")});
  EXPECT_THAT(bobs_codes(), ElementsAre(32, 64));
  tenant.Commit({Units("T", 1, SubscriptionStatus::kSuspended)});
  EXPECT_THAT(bobs_codes(), ElementsAre(32, 32));
  EXPECT_EQ(tenant.state().Seats()[1].waiting, 1);
}

TEST(LiveStateTest, SeatsAndGroupsAreCounted) {
  const LiveTenant tenant = Live(Tenant().facts);
  const SeatUsage s{.sku = SkuId("S"), .usable = 1, .capacity = 1, .consumed = 1, .waiting = 1};
  EXPECT_EQ(tenant.state().SeatsOf(tenant.Sku("S")), s);
  EXPECT_EQ(tenant.state().Seats().size(), 2u);
  const std::vector<GroupStatus> want = {
      {GroupId("board"), 1, 1, 0}, {GroupId("empty"), 0, 0, 0}, {GroupId("staff"), 2, 1, 1}};
  EXPECT_EQ(tenant.state().Groups(), want);
  const ClaimCounts counts = tenant.state().Counts();
  EXPECT_EQ(counts.granted, 2);
  EXPECT_EQ(counts.rejected, 1);
  EXPECT_EQ(counts.users_with_errors, 1);
  EXPECT_EQ(counts.items_by_code[static_cast<size_t>(ViolationCode::kCount)], 1);
}

TEST(LiveStateTest, MembersAreListedByNumber) {
  const LiveTenant tenant = Live(Tenant().facts);
  std::vector<uint32_t> members;
  tenant.state().ForEachDirectMember(tenant.Group("staff"), [&](uint32_t user) {
    members.push_back(user);
    return true;
  });
  EXPECT_THAT(members, ::testing::UnorderedElementsAre(tenant.User("ana"), tenant.User("bob")));
  std::vector<uint32_t> behind_the_first;
  tenant.state().ForEachDirectMemberFrom(tenant.Group("staff"), members[0] + 1, [&](uint32_t user) {
    behind_the_first.push_back(user);
    return true;
  });
  EXPECT_EQ(behind_the_first, std::vector<uint32_t>{members[1]});
}

TEST(LiveStateTest, DeletedNumbersHaveNoId) {
  LiveTenant tenant = Live(Tenant().facts);
  const uint32_t ana = tenant.User("ana");
  tenant.Commit({Delete{FactKey(UserId("ana"))}});
  EXPECT_EQ(tenant.state().UserIdOf(ana), "");
  EXPECT_EQ(tenant.state().user_count(), 1u);
  tenant.Commit({Put{User{.id = UserId("ana")}}});
  EXPECT_GT(tenant.User("ana"), ana);
}

}  // namespace
}  // namespace seatwise
