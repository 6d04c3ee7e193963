#include "engine/report/violation_causes.h"

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "base/executor.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::shared_ptr<const LiveState> Live(const Facts& facts) {
  InlineExecutor executor;
  return LiveStateFrom(histories::LoadFacts(facts, histories::AnyNumbers(facts, 4)), executor);
}

std::vector<std::string> SampleOf(const LiveState& state, const ViolationCause& cause) {
  std::vector<std::string> ids;
  for (const uint32_t user : cause.sample) ids.emplace_back(state.UserIdOf(user));
  return ids;
}

// Thirty users, each with E1 of their own, are in office, which has E3.
TEST(ViolationCausesTest, EqualConflictsAreOneCause) {
  TenantBuilder tenant;
  tenant.Plans({"MAIL1", "MAIL3"}).Conflict("MAIL1", "MAIL3").Groups({"office"});
  tenant.Sku("E1", {"MAIL1"}, 99).Sku("E3", {"MAIL3"}, 99).Assign("office", "E3");
  for (int i = 10; i < 40; ++i) {
    const std::string id = "u" + std::to_string(i);
    tenant.Users({id.c_str()}).Member("office", id.c_str(), i).AssignUser(id.c_str(), "E1");
  }
  const auto state = Live(tenant.facts);
  const std::vector<ViolationCause> causes = CausesOf(*state, {}, 3);
  ASSERT_THAT(causes, SizeIs(1));
  EXPECT_EQ(causes[0].code, ViolationCode::kMutuallyExclusive);
  EXPECT_EQ(causes[0].users, 30);
  EXPECT_EQ(causes[0].group, state->FindGroup("office"));
  EXPECT_EQ(causes[0].sku, state->FindSku("E3"));
  EXPECT_THAT(SampleOf(*state, causes[0]), ElementsAre("u10", "u11", "u12"));
  const auto& details = std::get<MutuallyExclusive>(causes[0].details);
  EXPECT_EQ(details.exclusions.at(0).sources.at(0), (PlanSource{SkuId("E1"), UserId("")}));
  EXPECT_EQ(causes[0].example.user, UserId("u10"));
}

TEST(ViolationCausesTest, WhoWaitsIsNamedByPlaceWhereverTheClaimComesFrom) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 0).Users({"ana", "bob", "cy"}).Groups({"g"}).Assign("g", "S");
  tenant.Member("g", "ana", 9).Member("g", "bob", 3).AssignUser("cy", "S", {}, 0, 5);
  const auto state = Live(tenant.facts);
  const std::vector<ViolationCause> causes = CausesOf(*state, {}, 9);
  ASSERT_THAT(causes, SizeIs(1));
  EXPECT_EQ(causes[0].users, 3);
  EXPECT_THAT(SampleOf(*state, causes[0]), ElementsAre("bob", "cy", "ana"));
  EXPECT_EQ(causes[0].example.user, UserId("bob"));
}

TEST(ViolationCausesTest, WhatFallsInTheSameClaimIsNoCauseOfItsOwn) {
  TenantBuilder tenant;
  tenant.Atomic().Plans({"A", "P"}).Sku("S", {"A"}, 9).Sku("T", {"P"}, 9).Prohibited("P", "IN");
  tenant.Groups({"g"}).Assign("g", "S").Assign("g", "T").UserIn("ana", "IN").UserIn("bob", "IN");
  tenant.Member("g", "ana").Member("g", "bob");
  const auto state = Live(tenant.facts);
  const std::vector<ViolationCause> causes = CausesOf(*state, {}, 9);
  ASSERT_THAT(causes, SizeIs(1));
  EXPECT_EQ(causes[0].code, ViolationCode::kProhibitedInUsageLocation);
  EXPECT_THAT(causes[0].fallen, ElementsAre(SkuId("S")));
  EXPECT_EQ(causes[0].users, 2);
}

// Two locations with the same prohibitions make users alike, but not their causes.
TEST(ViolationCausesTest, LocationsAreToldApart) {
  TenantBuilder tenant;
  tenant.Plans({"P"}).Sku("T", {"P"}, 9).Prohibited("P", "IN").Prohibited("P", "CN");
  tenant.Groups({"g"}).Assign("g", "T").UserIn("ana", "IN").UserIn("bob", "CN");
  tenant.UserIn("cy", "CN").Member("g", "ana").Member("g", "bob").Member("g", "cy");
  const auto state = Live(tenant.facts);
  const std::vector<ViolationCause> causes = CausesOf(*state, {}, 9);
  ASSERT_THAT(causes, SizeIs(2));
  EXPECT_EQ(causes[0].users, 2);
  EXPECT_EQ(std::get<ProhibitedInUsageLocation>(causes[0].details).location,
            *Location::Parse("CN"));
}

TEST(ViolationCausesTest, FiltersLeaveOthersOut) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 0).Sku("T", {"A"}, 0).Users({"ana"}).Groups({"g"});
  tenant.Assign("g", "S").Assign("g", "T").Member("g", "ana").AssignUser("ana", "T");
  const auto state = Live(tenant.facts);
  EXPECT_THAT(CausesOf(*state, {}, 9), SizeIs(2));
  EXPECT_THAT(CausesOf(*state, {.sku = state->FindSku("S")}, 9), SizeIs(1));
  EXPECT_THAT(CausesOf(*state, {.group = state->FindGroup("g")}, 9), SizeIs(2));
  EXPECT_THAT(CausesOf(*state, {.codes = 1}, 9), SizeIs(0));
}

// Whatever is grouped, every user with a violation is counted once for each different one.
TEST(ViolationCausesTest, NobodyIsLeftOut) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const auto state = Live(worlds::RandomTenant(seed));
    absl::btree_map<ViolationCode, std::set<std::string>> wanted;
    state->ForEachUserFrom("", [&](uint32_t user, absl::string_view id) {
      for (const ClaimItem& item : state->Explain(user)) {
        for (const Violation& violation : item.violations) {
          if (CodeOf(violation) != ViolationCode::kOther) {
            wanted[CodeOf(violation)].emplace(id);
          }
        }
      }
      return true;
    });
    absl::btree_map<ViolationCode, std::set<std::string>> found;
    for (const ViolationCause& cause : CausesOf(*state, {}, 1000)) {
      ASSERT_EQ(cause.users, static_cast<int64_t>(cause.sample.size()));
      for (const std::string& id : SampleOf(*state, cause)) found[cause.code].insert(id);
    }
    ASSERT_EQ(found, wanted);
  }
}

}  // namespace
}  // namespace seatwise
