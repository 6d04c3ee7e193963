#include "engine/report/redundant_assignments.h"

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/executor.h"
#include "engine/model/memory_facts.h"
#include "engine/reference/reference.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

// "g S 2": who, of what, for how many users. Groups first, then users, each by id.
std::vector<std::string> Redundant(const Facts& facts) {
  InlineExecutor executor;
  const std::shared_ptr<const LiveState> state =
      LiveStateFrom(histories::LoadFacts(facts, histories::AnyNumbers(facts, 4)), executor);
  const MemoryFacts stored(facts);
  const RedundantAssignments redundant(state, stored, executor);
  std::vector<LiveAssignee> candidates = redundant.OfGroups("", {});
  state->ForEachUserFrom("", [&](uint32_t user, absl::string_view) {
    for (const LiveAssignee& each : redundant.OfUser(user, {})) candidates.push_back(each);
    return true;
  });
  std::vector<std::string> found;
  for (const LiveAssignee& each : candidates) {
    if (!redundant.IsRedundant(each).value()) continue;
    found.push_back(absl::StrCat(
        each.direct ? state->UserIdOf(each.principal) : state->GroupIdOf(each.principal), " ",
        state->catalog().sku(each.sku).id.value(), " ", redundant.UsersOf(each)));
  }
  return found;
}

TEST(RedundantAssignmentsTest, WhatAGroupGivesAsWellIsRedundant) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A", "B"}, 9).Groups({"g"}).Assign("g", "S", {"B"});
  tenant.Users({"all", "part", "alone", "in"}).Member("g", "all").Member("g", "part");
  // B of `all` comes by nothing else; S of `alone` and of `in` comes by nothing else.
  tenant.Member("g", "in");
  tenant.AssignUser("all", "S").AssignUser("part", "S", {"B"}).AssignUser("alone", "S", {"B"});
  EXPECT_THAT(Redundant(tenant.facts), ElementsAre("part S 1"));
}

TEST(RedundantAssignmentsTest, OfTwoThatStandInForEachOtherBothAre) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Groups({"g", "h", "nobody"});
  tenant.Assign("g", "S").Assign("h", "S").Assign("nobody", "S").Users({"ana", "bob"});
  tenant.Member("g", "ana").Member("h", "ana").Member("g", "bob").Member("h", "bob");
  EXPECT_THAT(Redundant(tenant.facts), ElementsAre("g S 2", "h S 2", "nobody S 0"));
  tenant.Users({"cy"}).Member("h", "cy");
  EXPECT_THAT(Redundant(tenant.facts), ElementsAre("g S 2", "nobody S 0"));
}

// The group's claim alone would come behind bob's, and there is one seat.
TEST(RedundantAssignmentsTest, WhatKeepsAPlaceInTheQueueIsNot) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Groups({"g"}).Assign("g", "S").Users({"ana", "bob"});
  tenant.Member("g", "ana", 9).AssignUser("ana", "S", {}, 0, 1).AssignUser("bob", "S", {}, 0, 5);
  EXPECT_THAT(Redundant(tenant.facts), ElementsAre("g S 1"));
  tenant.facts.subscriptions[0].units = 2;
  EXPECT_THAT(Redundant(tenant.facts), ElementsAre("g S 1", "ana S 1"));
}

// Without the direct claim ana would not wait: the other one lacks more than a seat (K6).
TEST(RedundantAssignmentsTest, WhatMakesSomebodyWaitIsNot) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A", "B"}, 0).Requires("B", {"A"}).Users({"ana"});
  tenant.Groups({"g"}).Assign("g", "S", {"A"}).Member("g", "ana").AssignUser("ana", "S");
  EXPECT_THAT(Redundant(tenant.facts), ElementsAre("g S 1"));
}

// Literally: what the reference derives with and without it.
TEST(RedundantAssignmentsTest, RandomTenantsAreTheSameWithout) {
  size_t redundant = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    const Facts facts = worlds::RandomTenant(seed);
    const Derived with = DeriveReference(facts);
    std::vector<std::string> wanted;
    for (size_t i = 0; i < facts.assignments.size(); ++i) {
      Facts fewer = facts;
      fewer.assignments.erase(fewer.assignments.begin() + static_cast<std::ptrdiff_t>(i));
      const Derived without = DeriveReference(fewer);
      if (without.licenses != with.licenses || without.seats != with.seats) continue;
      const Assignment& gone = facts.assignments[i];
      wanted.push_back(absl::StrCat(PrincipalIdValue(gone.principal), " ", gone.sku.value()));
    }
    std::vector<std::string> found;
    for (const std::string& line : Redundant(facts)) {
      found.push_back(line.substr(0, line.rfind(' ')));
    }
    std::sort(wanted.begin(), wanted.end());
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, wanted);
    redundant += wanted.size();
  }
  EXPECT_GT(redundant, 100u);
}

}  // namespace
}  // namespace seatwise
