#include "engine/incremental/live_sources.h"

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
using ::testing::IsEmpty;

LiveTenant Live(const Facts& facts) {
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

std::vector<std::string> PathOf(const LiveTenant& tenant, const char* user, const char* group) {
  const GroupPaths paths(tenant.state(), tenant.User(user));
  std::vector<std::string> ids;
  for (const uint32_t step : paths.To(tenant.Group(group))) {
    ids.emplace_back(tenant.state().GroupIdOf(step));
  }
  return ids;
}

// Ana is in a, which is in b and c, which are in d; and d is in a.
TenantBuilder Diamond() {
  TenantBuilder tenant;
  tenant.Users({"ana", "bob"}).Groups({"a", "b", "c", "d"}).Member("a", "ana");
  return tenant.Nested("b", "a").Nested("c", "a").Nested("d", "b").Nested("d", "c").Nested("a",
                                                                                           "d");
}

TEST(LiveSourcesTest, APathLeadsDownByTheSmallestIds) {
  const LiveTenant tenant = Live(Diamond().facts);
  EXPECT_THAT(PathOf(tenant, "ana", "a"), ElementsAre("a"));
  EXPECT_THAT(PathOf(tenant, "ana", "c"), ElementsAre("c", "a"));
  EXPECT_THAT(PathOf(tenant, "ana", "d"), ElementsAre("d", "b", "a"));
  EXPECT_THAT(PathOf(tenant, "bob", "a"), IsEmpty());
}

TEST(LiveSourcesTest, AShorterPathIsTaken) {
  TenantBuilder builder = Diamond();
  builder.Member("c", "ana");
  EXPECT_THAT(PathOf(Live(builder.facts), "ana", "d"), ElementsAre("d", "c"));
}

TEST(LiveSourcesTest, WithoutNestingOnlyDirectMembersHaveAPath) {
  TenantBuilder builder = Diamond();
  builder.facts.settings.nested_groups = false;
  const LiveTenant tenant = Live(builder.facts);
  EXPECT_THAT(PathOf(tenant, "ana", "a"), ElementsAre("a"));
  EXPECT_THAT(PathOf(tenant, "ana", "b"), IsEmpty());
}

TEST(LiveSourcesTest, SourcesStandWhereItemsDo) {
  TenantBuilder builder;
  builder.Atomic().Plans({"A", "B"}).Sku("T", {"A"}, 9).Sku("S", {"A", "B"}, 9);
  builder.Users({"ana"}).Groups({"staff"}).Member("staff", "ana", 7);
  builder.Assign("staff", "T", {}, 2, 3).Assign("staff", "S", {"A"}, 1, 4);
  builder.AssignUser("ana", "T", {}, 5, 6);
  const LiveTenant tenant = Live(builder.facts);
  const std::vector<LiveSource> sources = SourcesOf(tenant.state(), tenant.User("ana"));
  ASSERT_EQ(sources.size(), 3u);
  size_t at = 0;
  tenant.state().ForEachItem(tenant.User("ana"), [&](const LiveItem& item) {
    EXPECT_EQ(sources[at].direct, item.direct);
    EXPECT_EQ(sources[at].sku, item.sku);
    ++at;
  });
  EXPECT_EQ(sources[0].priority, 5);
  EXPECT_EQ(sources[0].since, Time{6});
  // C4: one claim, with the highest priority and the earliest time.
  EXPECT_EQ(sources[1].sku, tenant.Sku("S"));
  EXPECT_EQ(tenant.state().catalog().IdsOf(sources[1].plans), PlanIdSet({PlanId("B")}));
  EXPECT_EQ(sources[1].priority, 2);
  EXPECT_EQ(sources[1].since, Time{7});
  EXPECT_EQ(sources[2].joined, Time{7});
}

TEST(LiveSourcesTest, WhoWaitsIsListedInTurn) {
  TenantBuilder builder;
  builder.Plans({"A"})
      .Sku("S", {"A"}, 1)
      .Users({"ana", "bob", "cy"})
      .Groups({"g"})
      .Assign("g", "S");
  builder.Member("g", "cy", 1).Member("g", "bob", 2).Member("g", "ana", 3);
  const LiveTenant tenant = Live(builder.facts);
  std::vector<std::string> waiting;
  ForEachWaiting(tenant.state(), tenant.Sku("S"), [&](uint32_t user) {
    waiting.emplace_back(tenant.state().UserIdOf(user));
    return waiting.size() < 2;
  });
  EXPECT_THAT(waiting, ElementsAre("bob", "ana"));
}

}  // namespace
}  // namespace seatwise
