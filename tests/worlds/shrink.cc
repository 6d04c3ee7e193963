#include "tests/worlds/shrink.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>
#include <vector>

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

// Removes what names things that no longer exist.
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
}

// Requirements of one plan that became equal are one fact.
void RemoveRepeated(std::vector<PlanRequirement>& requirements) {
  std::vector<PlanRequirement> kept;
  for (PlanRequirement& r : requirements) {
    if (std::find(kept.begin(), kept.end(), r) == kept.end()) kept.push_back(std::move(r));
  }
  requirements = std::move(kept);
}

class Shrinker {
 public:
  Shrinker(Facts facts, const std::function<bool(const Facts&)>& fails)
      : facts_(std::move(facts)), fails_(fails) {}

  Facts Run() {
    while (DropRows() || SimplifyRows()) {
    }
    return std::move(facts_);
  }

 private:
  // Keeps the candidate if it is another tenant that still fails.
  bool Try(Facts candidate) {
    RemoveDangling(candidate);
    RemoveRepeated(candidate.requirements);
    if (candidate == facts_ || !fails_(candidate)) return false;
    facts_ = std::move(candidate);
    return true;
  }

  bool DropRows();
  // Halves first, then smaller and smaller parts down to single rows.
  template <typename Row>
  bool DropFrom(std::vector<Row> Facts::* rows);

  bool SimplifyRows();
  bool SimplifySettings();
  bool SimplifySkus();
  bool SimplifyPeople();
  bool SimplifyWishes();
  // Tries the change on each row.
  template <typename Row, typename Change>
  bool Simplify(std::vector<Row> Facts::* rows, Change change);
  // Tries to take each plan out of a set of each row.
  template <typename Row>
  bool DropPlans(std::vector<Row> Facts::* rows, PlanIdSet Row::* plans);

  Facts facts_;
  const std::function<bool(const Facts&)>& fails_;
};

template <typename Row>
bool Shrinker::DropFrom(std::vector<Row> Facts::* rows) {
  bool dropped = false;
  for (size_t length = (facts_.*rows).size(); length > 0; length /= 2) {
    for (size_t begin = 0; begin < (facts_.*rows).size();) {
      Facts candidate = facts_;
      auto& list = candidate.*rows;
      const size_t end = std::min(begin + length, list.size());
      list.erase(list.begin() + static_cast<ptrdiff_t>(begin),
                 list.begin() + static_cast<ptrdiff_t>(end));
      const bool smaller = Try(std::move(candidate));
      dropped |= smaller;
      if (!smaller) begin += length;
    }
  }
  return dropped;
}

bool Shrinker::DropRows() {
  bool dropped = false;
  dropped |= DropFrom(&Facts::users);
  dropped |= DropFrom(&Facts::groups);
  dropped |= DropFrom(&Facts::skus);
  dropped |= DropFrom(&Facts::plans);
  dropped |= DropFrom(&Facts::assignments);
  dropped |= DropFrom(&Facts::memberships);
  dropped |= DropFrom(&Facts::conflicts);
  dropped |= DropFrom(&Facts::requirements);
  dropped |= DropFrom(&Facts::prohibitions);
  dropped |= DropFrom(&Facts::subscriptions);
  dropped |= DropFrom(&Facts::observed);
  return dropped;
}

template <typename Row, typename Change>
bool Shrinker::Simplify(std::vector<Row> Facts::* rows, Change change) {
  bool simpler = false;
  for (size_t i = 0; i < (facts_.*rows).size(); ++i) {
    Facts candidate = facts_;
    change((candidate.*rows)[i]);
    simpler |= Try(std::move(candidate));
  }
  return simpler;
}

template <typename Row>
bool Shrinker::DropPlans(std::vector<Row> Facts::* rows, PlanIdSet Row::* plans) {
  bool simpler = false;
  for (const ServicePlan& plan : std::vector<ServicePlan>(facts_.plans)) {
    simpler |= Simplify(rows, [&](Row& row) { (row.*plans).erase(plan.id); });
  }
  return simpler;
}

bool Shrinker::SimplifySettings() {
  bool simpler = false;
  Facts candidate = facts_;
  candidate.settings.assignment_mode = AssignmentMode::kSkuIndependent;
  simpler |= Try(candidate);
  candidate = facts_;
  candidate.settings.nested_groups = false;
  simpler |= Try(candidate);
  candidate = facts_;
  candidate.settings.default_usage_location = *Location::Parse("US");
  simpler |= Try(candidate);
  return simpler;
}

bool Shrinker::SimplifySkus() {
  bool simpler = false;
  simpler |= Simplify(&Facts::skus, [](Sku& sku) { sku.overage_units = 0; });
  simpler |= DropPlans(&Facts::skus, &Sku::plans);
  simpler |= DropPlans(&Facts::requirements, &PlanRequirement::any_of);
  simpler |= Simplify(&Facts::plans, [](ServicePlan& p) { p.applies_to = AppliesTo::kUser; });
  simpler |= Simplify(&Facts::plans, [](ServicePlan& p) { p.unique_address = false; });
  simpler |= Simplify(&Facts::plans, [](ServicePlan& p) { p.retains_data = false; });
  simpler |= Simplify(&Facts::subscriptions, [](Subscription& s) { s.self_service = false; });
  simpler |= Simplify(&Facts::subscriptions,
                      [](Subscription& s) { s.status = SubscriptionStatus::kEnabled; });
  simpler |= Simplify(&Facts::subscriptions, [](Subscription& s) { s.units = 1; });
  return simpler;
}

bool Shrinker::SimplifyPeople() {
  bool simpler = false;
  simpler |= Simplify(&Facts::users, [](User& user) { user.usage_location = {}; });
  simpler |= Simplify(&Facts::users, [](User& user) { user.created_at = {}; });
  simpler |= Simplify(&Facts::users, [](User& user) { user.proxy_addresses.clear(); });
  simpler |= Simplify(&Facts::users, [](User& user) {
    if (!user.proxy_addresses.empty()) user.proxy_addresses.erase(user.proxy_addresses.begin());
  });
  simpler |= Simplify(&Facts::users, [](User& user) { user.account_enabled = true; });
  simpler |= Simplify(&Facts::users, [](User& user) { user.user_type = UserType::kMember; });
  return simpler;
}

bool Shrinker::SimplifyWishes() {
  bool simpler = false;
  simpler |= Simplify(&Facts::assignments, [](Assignment& a) { a.disabled_plans.clear(); });
  simpler |= DropPlans(&Facts::assignments, &Assignment::disabled_plans);
  simpler |= Simplify(&Facts::assignments, [](Assignment& a) { a.priority = 0; });
  simpler |= Simplify(&Facts::assignments, [](Assignment& a) { a.assigned_at = {}; });
  simpler |= Simplify(&Facts::memberships, [](Membership& m) { m.added_at = {}; });
  return simpler;
}

bool Shrinker::SimplifyRows() {
  bool simpler = SimplifySettings();
  simpler |= SimplifySkus();
  simpler |= SimplifyPeople();
  simpler |= SimplifyWishes();
  return simpler;
}

}  // namespace

Facts Shrink(Facts facts, const std::function<bool(const Facts&)>& fails) {
  return Shrinker(std::move(facts), fails).Run();
}

}  // namespace seatwise::worlds
