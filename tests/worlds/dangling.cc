#include "tests/worlds/dangling.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "engine/model/ids.h"

namespace seatwise::worlds {
namespace {

// The things that exist.
struct Existing {
  explicit Existing(const Facts& facts) {
    for (const ServicePlan& plan : facts.plans) plans.insert(plan.id);
    for (const Sku& sku : facts.skus) skus.insert(sku.id);
    for (const User& user : facts.users) principals.insert(user.id);
    for (const Group& group : facts.groups) principals.insert(group.id);
  }

  std::set<PlanId> plans;
  std::set<SkuId> skus;
  std::set<Principal> principals;
};

void KeepOnly(const std::set<PlanId>& plans, PlanIdSet& set) {
  for (auto it = set.begin(); it != set.end();) {
    it = plans.contains(*it) ? std::next(it) : set.erase(it);
  }
}

// Requirements of one plan that became equal are one fact.
void RemoveRepeated(std::vector<PlanRequirement>& requirements) {
  std::vector<PlanRequirement> kept;
  for (PlanRequirement& r : requirements) {
    if (std::find(kept.begin(), kept.end(), r) == kept.end()) kept.push_back(std::move(r));
  }
  requirements = std::move(kept);
}

}  // namespace

void RemoveDangling(Facts& facts) {
  const Existing existing(facts);
  const auto no_plan = [&](const PlanId& plan) { return !existing.plans.contains(plan); };
  const auto no_sku = [&](const auto& row) { return !existing.skus.contains(row.sku); };
  const auto nobody = [&](const Principal& p) { return !existing.principals.contains(p); };
  for (Sku& sku : facts.skus) KeepOnly(existing.plans, sku.plans);
  for (Assignment& a : facts.assignments) KeepOnly(existing.plans, a.disabled_plans);
  for (PlanRequirement& r : facts.requirements) KeepOnly(existing.plans, r.any_of);
  std::erase_if(facts.conflicts, [&](const auto& c) { return no_plan(c.a) || no_plan(c.b); });
  std::erase_if(facts.requirements,
                [&](const auto& r) { return no_plan(r.plan) || r.any_of.empty(); });
  std::erase_if(facts.prohibitions, [&](const auto& p) { return no_plan(p.plan); });
  std::erase_if(facts.subscriptions, no_sku);
  std::erase_if(facts.assignments, [&](const auto& a) { return no_sku(a) || nobody(a.principal); });
  std::erase_if(facts.memberships,
                [&](const auto& m) { return nobody(m.member) || nobody(m.group); });
  RemoveRepeated(facts.requirements);
}

}  // namespace seatwise::worlds
