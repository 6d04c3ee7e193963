#include "tests/worlds/shrink.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/worlds/dangling.h"

namespace seatwise::worlds {
namespace {

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
