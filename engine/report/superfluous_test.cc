#include "engine/report/superfluous.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/executor.h"
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
using ::testing::IsEmpty;

std::shared_ptr<const LiveState> Live(const Facts& facts) {
  InlineExecutor executor;
  return LiveStateFrom(histories::LoadFacts(facts, histories::AnyNumbers(facts, 4)), executor);
}

std::string Ids(const PlanIdSet& plans) {
  std::vector<std::string> ids;
  for (const PlanId& plan : plans) ids.push_back(plan.value());
  return absl::StrJoin(ids, ",");
}

// "ana S by g,h: Active, adds DOCS", by user and SKU.
std::vector<std::string> Doubles(const LiveState& state) {
  std::vector<std::string> lines;
  state.ForEachUserFrom("", [&](uint32_t user, absl::string_view id) {
    for (const DoubleAssignment& row : DoubleAssignmentsOf(state, user)) {
      std::vector<std::string> groups;
      for (const uint32_t group : row.groups) groups.emplace_back(state.GroupIdOf(group));
      lines.push_back(absl::StrCat(id, " ", state.catalog().sku(row.sku).id.value(), " by ",
                                   absl::StrJoin(groups, ","), ": ", LicenseStateName(row.state),
                                   row.direct_granted ? ", adds " : ", rejected ",
                                   Ids(state.catalog().IdsOf(row.added_plans))));
    }
    return true;
  });
  return lines;
}

// "S in T: ana,bob".
std::vector<std::string> Overlaps(const LiveState& state, std::optional<SkuNo> sku = {},
                                  size_t sample = 99) {
  std::vector<std::string> lines;
  for (const SkuOverlap& row : SkuOverlapsOf(state, sku, sample)) {
    std::vector<std::string> users;
    for (const uint32_t user : row.sample) users.emplace_back(state.UserIdOf(user));
    lines.push_back(absl::StrCat(state.catalog().sku(row.sku).id.value(), " in ",
                                 state.catalog().sku(row.within).id.value(), ": ", row.users, " ",
                                 absl::StrJoin(users, ",")));
  }
  return lines;
}

TEST(SuperfluousTest, WhatIsAssignedDirectlyAndByGroupsIsDouble) {
  TenantBuilder tenant;
  tenant.Plans({"DOCS", "MAIL"}).Sku("S", {"DOCS", "MAIL"}, 9).Sku("T", {"MAIL"}, 9);
  tenant.Groups({"g", "h", "inner"}).Assign("g", "S", {"DOCS"}).Assign("h", "S", {"DOCS"});
  tenant.Users({"ana", "bob", "cy"}).Member("inner", "ana").Member("h", "ana").Member("g", "cy");
  tenant.Nested("g", "inner").AssignUser("ana", "S").AssignUser("ana", "T").AssignUser("bob", "S");
  EXPECT_THAT(Doubles(*Live(tenant.facts)), ElementsAre("ana S by g,h: Active, adds DOCS"));
}

// The seat is the group's, whose claim is older and was there first.
TEST(SuperfluousTest, ADirectClaimThatIsRejectedAddsNothing) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "X"}).Conflict("B", "X").Sku("S", {"A", "B"}, 9).Sku("T", {"X"}, 9);
  tenant.Groups({"g"}).Assign("g", "S", {"B"}).Assign("g", "T").Users({"ana"}).Member("g", "ana");
  tenant.AssignUser("ana", "S", {}, 0, 7);
  EXPECT_THAT(Doubles(*Live(tenant.facts)), ElementsAre("ana S by g: ActiveWithError, rejected "));
}

TEST(SuperfluousTest, ASkuWithinAnotherAddsNothing) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C"}).Sku("BIG", {"A", "B"}, 9).Sku("SMALL", {"A"}, 9);
  tenant.Sku("ELSE", {"C"}, 9).Sku("OFF", {"A", "B", "C"}, 9, SubscriptionStatus::kSuspended);
  tenant.Groups({"g"}).Assign("g", "BIG").Assign("g", "ELSE").Assign("g", "OFF");
  for (const char* user : {"ana", "bob", "cy"}) {
    tenant.Users({user}).Member("g", user).AssignUser(user, "SMALL");
  }
  // Of cy's BIG nothing but A is left: both enable the same.
  tenant.Users({"dot"}).AssignUser("dot", "BIG", {"B"}).AssignUser("dot", "SMALL");
  const auto state = Live(tenant.facts);
  EXPECT_THAT(Overlaps(*state, {}, 2),
              ElementsAre("SMALL in BIG: 3 ana,bob", "BIG in SMALL: 1 dot"));
  EXPECT_THAT(Overlaps(*state, state->FindSku("BIG")), ElementsAre("BIG in SMALL: 1 dot"));
  EXPECT_THAT(Overlaps(*state, state->FindSku("ELSE")), IsEmpty());
}

TEST(SuperfluousTest, WhatEnablesNoPlanAndWhatIsNotHeldOverlapsNothing) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Sku("NONE", {}, 9).Sku("GONE", {"A"}, 0);
  tenant.Users({"ana"}).AssignUser("ana", "S").AssignUser("ana", "NONE").AssignUser("ana", "GONE");
  EXPECT_THAT(Overlaps(*Live(tenant.facts)), IsEmpty());
}

// The definitions, taken literally from facts and what the reference derives.

std::vector<std::string> WantedDoubles(const Facts& facts, const Derived& derived) {
  std::map<std::pair<std::string, std::string>, std::string> lines;
  for (const Assignment& direct : facts.assignments) {
    if (!IsDirect(direct.principal)) continue;
    const UserId& user = std::get<UserId>(direct.principal);
    PlanIdSet added;
    for (const Sku& sku : facts.skus) {
      if (sku.id == direct.sku) added = sku.plans;
    }
    for (const ServicePlan& plan : facts.plans) {
      if (plan.applies_to == AppliesTo::kCompany) added.erase(plan.id);
    }
    for (const PlanId& plan : direct.disabled_plans) added.erase(plan);
    bool granted = false;
    std::vector<std::string> groups;
    for (const ClaimItem& item : derived.items) {
      if (item.user != user || item.sku != direct.sku) continue;
      if (IsDirect(item.source)) {
        granted = item.granted;
        continue;
      }
      groups.emplace_back(PrincipalIdValue(item.source));
      for (const Assignment& by : facts.assignments) {
        if (!item.granted || by.principal != item.source || by.sku != item.sku) continue;
        absl::erase_if(added,
                       [&](const PlanId& plan) { return !by.disabled_plans.contains(plan); });
      }
    }
    if (groups.empty()) continue;
    LicenseState state = LicenseState::kError;
    for (const License& license : derived.licenses) {
      if (license.user == user && license.sku == direct.sku) state = license.state;
    }
    lines[{user.value(), direct.sku.value()}] = absl::StrCat(
        user.value(), " ", direct.sku.value(), " by ", absl::StrJoin(groups, ","), ": ",
        LicenseStateName(state), granted ? ", adds " : ", rejected ", granted ? Ids(added) : "");
  }
  std::vector<std::string> sorted;
  for (auto& [key, line] : lines) sorted.push_back(std::move(line));
  return sorted;
}

std::vector<std::string> WantedOverlaps(const Derived& derived) {
  std::map<std::pair<std::string, std::string>, std::set<std::string>> users;
  const auto usable = [](const License& license) {
    return license.held() && license.state != LicenseState::kDisabled &&
           !license.enabled_plans.empty();
  };
  for (const License& part : derived.licenses) {
    for (const License& whole : derived.licenses) {
      if (part.user != whole.user || part.sku == whole.sku) continue;
      if (!usable(part) || !usable(whole)) continue;
      const bool within = std::includes(whole.enabled_plans.begin(), whole.enabled_plans.end(),
                                        part.enabled_plans.begin(), part.enabled_plans.end());
      if (!within) continue;
      if (part.enabled_plans == whole.enabled_plans && part.sku > whole.sku) continue;
      users[{part.sku.value(), whole.sku.value()}].insert(part.user.value());
    }
  }
  std::vector<std::pair<int64_t, std::string>> lines;
  for (const auto& [pair, of] : users) {
    lines.emplace_back(-static_cast<int64_t>(of.size()),
                       absl::StrCat(pair.first, " in ", pair.second, ": ", of.size(), " ",
                                    absl::StrJoin(of, ",")));
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& x, const auto& y) { return x.first < y.first; });
  std::vector<std::string> sorted;
  for (auto& [users_less, line] : lines) sorted.push_back(std::move(line));
  return sorted;
}

TEST(SuperfluousTest, RandomTenantsAreAsDefined) {
  size_t doubles = 0;
  size_t overlaps = 0;
  for (uint64_t seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    Facts facts = worlds::RandomTenant(seed);
    // So that there is something to find: each SKU has all that the one before has, and half of the
    // tenants have no conflicts.
    for (size_t i = 1; i < facts.skus.size(); ++i) {
      facts.skus[i].plans.insert(facts.skus[i - 1].plans.begin(), facts.skus[i - 1].plans.end());
    }
    if (seed % 2 == 0) facts.conflicts.clear();
    const auto state = Live(facts);
    const Derived derived = DeriveReference(facts);
    const std::vector<std::string> wanted_doubles = WantedDoubles(facts, derived);
    const std::vector<std::string> wanted_overlaps = WantedOverlaps(derived);
    ASSERT_EQ(Doubles(*state), wanted_doubles);
    ASSERT_EQ(Overlaps(*state), wanted_overlaps);
    doubles += wanted_doubles.size();
    overlaps += wanted_overlaps.size();
  }
  EXPECT_GT(doubles, 100u);
  EXPECT_GT(overlaps, 50u);
}

}  // namespace
}  // namespace seatwise
