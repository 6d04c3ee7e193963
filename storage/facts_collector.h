// Sorts facts that come one by one into lists by kind.
#pragma once

#include <utility>
#include <variant>

#include "engine/model/facts.h"

namespace seatwise {

// Facts in the order in which they were added. One thread.
class FactsCollector {
 public:
  void Add(Fact fact) {
    std::visit([this](auto& row) { Put(std::move(row)); }, fact);
  }
  Facts Take() && { return std::move(facts_); }

 private:
  void Put(TenantSettings row) { facts_.settings = row; }
  void Put(ServicePlan row) { facts_.plans.push_back(std::move(row)); }
  void Put(Sku row) { facts_.skus.push_back(std::move(row)); }
  void Put(PlanConflict row) { facts_.conflicts.push_back(std::move(row)); }
  void Put(PlanRequirement row) { facts_.requirements.push_back(std::move(row)); }
  void Put(PlanProhibition row) { facts_.prohibitions.push_back(std::move(row)); }
  void Put(Subscription row) { facts_.subscriptions.push_back(std::move(row)); }
  void Put(User row) { facts_.users.push_back(std::move(row)); }
  void Put(Group row) { facts_.groups.push_back(std::move(row)); }
  void Put(Membership row) { facts_.memberships.push_back(std::move(row)); }
  void Put(Assignment row) { facts_.assignments.push_back(std::move(row)); }
  void Put(Observed row) { facts_.observed.push_back(std::move(row)); }

  Facts facts_;
};

}  // namespace seatwise
