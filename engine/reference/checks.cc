#include "engine/reference/checks.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/ascii.h"

namespace seatwise::reference {
namespace {

// K3: the user with the smallest (created_at, user_id) owns an address.
bool OwnsBefore(const User& a, const User& b) {
  return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
}

// P with the items that enable each plan.
std::map<PlanId, std::set<PlanSource>> PlansOf(const Claim& claim) {
  std::map<PlanId, std::set<PlanSource>> plans;
  for (const Item& item : claim.items) {
    for (const PlanId& plan : item.plans) plans[plan].insert({item.sku, claim.source});
  }
  return plans;
}

}  // namespace

struct Checks::Scene {
  const UserId& user;
  const Item& item;
  // E and P in one, with the items that enable each plan.
  const std::map<PlanId, std::set<PlanSource>>& enabled;

  bool HasAnyOf(const PlanIdSet& plans) const {
    return std::any_of(plans.begin(), plans.end(),
                       [&](const PlanId& plan) { return enabled.contains(plan); });
  }
};

bool Passes(const ItemViolations& violations) {
  return std::all_of(violations.begin(), violations.end(),
                     [](const auto& of_item) { return of_item.empty(); });
}

Checks::Checks(const Facts& facts) : facts_(facts) {
  for (const User& user : facts.users) {
    users_[user.id] = &user;
    for (const std::string& address : user.proxy_addresses) {
      const User*& owner = owners_[absl::AsciiStrToLower(address)];
      if (owner == nullptr || OwnsBefore(user, *owner)) owner = &user;
    }
  }
  for (const ServicePlan& plan : facts.plans) {
    if (plan.unique_address) unique_address_.insert(plan.id);
  }
  for (const PlanProhibition& p : facts.prohibitions) prohibited_.insert({p.plan, p.location});
  for (const PlanConflict& conflict : facts.conflicts) {
    conflicts_[conflict.a].insert(conflict.b);
    conflicts_[conflict.b].insert(conflict.a);
  }
  for (const PlanRequirement& r : facts.requirements) requirements_[r.plan].insert(r.any_of);
}

ItemViolations Checks::WithoutSeats(const Claim& claim, const Holdings& holdings) const {
  std::map<PlanId, std::set<PlanSource>> enabled = PlansOf(claim);
  for (const auto& [plan, sources] : holdings.enabled) {
    enabled[plan].insert(sources.begin(), sources.end());
  }
  ItemViolations violations;
  for (const Item& item : claim.items) {
    violations.push_back(Check(Scene{claim.user, item, enabled}));
  }
  return violations;
}

std::vector<Violation> Checks::Check(const Scene& scene) const {
  std::vector<Violation> found;
  CheckLocation(scene, found);
  CheckUniqueness(scene, found);
  CheckExclusions(scene, found);
  CheckRequirements(scene, found);
  return found;
}

Location Checks::LocationOf(const UserId& user) const {
  const Location own = users_.at(user)->usage_location;
  return own.empty() ? facts_.settings.default_usage_location : own;
}

void Checks::CheckLocation(const Scene& scene, std::vector<Violation>& found) const {
  const Location location = LocationOf(scene.user);
  if (location.empty()) {
    found.push_back(UsageLocationMissing{});
    return;
  }
  ProhibitedInUsageLocation violation{.plans = {}, .location = location};
  for (const PlanId& plan : scene.item.plans) {
    if (prohibited_.contains({plan, location})) violation.plans.push_back(plan);
  }
  if (!violation.plans.empty()) found.push_back(violation);
}

std::vector<AddressClash> Checks::Clashes(const UserId& user) const {
  std::set<AddressClash> clashes;  // Spellings of one address that differ in case are one clash.
  for (const std::string& spelling : users_.at(user)->proxy_addresses) {
    const std::string address = absl::AsciiStrToLower(spelling);
    const UserId& owner = owners_.at(address)->id;
    if (owner != user) clashes.insert({address, owner});
  }
  return {clashes.begin(), clashes.end()};
}

void Checks::CheckUniqueness(const Scene& scene, std::vector<Violation>& found) const {
  Uniqueness violation{.plans = {}, .clashes = Clashes(scene.user)};
  for (const PlanId& plan : scene.item.plans) {
    if (unique_address_.contains(plan)) violation.plans.push_back(plan);
  }
  if (!violation.plans.empty() && !violation.clashes.empty()) found.push_back(violation);
}

void Checks::CheckExclusions(const Scene& scene, std::vector<Violation>& found) const {
  MutuallyExclusive violation;
  for (const PlanId& plan : scene.item.plans) {
    const auto conflicts = conflicts_.find(plan);
    if (conflicts == conflicts_.end()) continue;
    for (const PlanId& other : conflicts->second) {
      const auto it = scene.enabled.find(other);
      if (it == scene.enabled.end()) continue;
      violation.exclusions.push_back({plan, other, {it->second.begin(), it->second.end()}});
    }
  }
  if (!violation.exclusions.empty()) found.push_back(violation);
}

void Checks::CheckRequirements(const Scene& scene, std::vector<Violation>& found) const {
  Dependency violation;
  for (const PlanId& plan : scene.item.plans) {
    const auto requirements = requirements_.find(plan);
    if (requirements == requirements_.end()) continue;
    for (const PlanIdSet& any_of : requirements->second) {
      if (!scene.HasAnyOf(any_of)) violation.unmet.push_back({plan, any_of});
    }
  }
  if (!violation.unmet.empty()) found.push_back(violation);
}

void CheckSeats(const Claim& claim, const Holdings& holdings, const Seats& seats,
                ItemViolations& violations) {
  if (!Passes(violations)) return;
  for (size_t i = 0; i < claim.items.size(); ++i) {
    const SkuId& sku = claim.items[i].sku;
    if (!holdings.held.contains(sku) && seats.IsFull(sku)) violations[i].push_back(Count{});
  }
}

void BlameOthers(const Claim& claim, ItemViolations& violations) {
  Other other;
  for (size_t i = 0; i < claim.items.size(); ++i) {
    if (violations[i].empty()) continue;
    FailedItem failed{.sku = claim.items[i].sku, .codes = {}};
    for (const Violation& violation : violations[i]) failed.codes.push_back(CodeOf(violation));
    other.failed.push_back(failed);
  }
  if (other.failed.empty()) return;
  for (std::vector<Violation>& of_item : violations) {
    if (of_item.empty()) of_item.push_back(other);
  }
}

}  // namespace seatwise::reference
