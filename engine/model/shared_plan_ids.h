// Sets of plan ids that values share.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "engine/model/facts.h"

namespace seatwise {

// A set of plans as a value whose copies refer to one set: of the many licenses that have all plans
// of their SKU each costs a pointer, not a copy of every id. Immutable; reads from any thread.
class SharedPlanIds {
 public:
  using const_iterator = PlanIdSet::const_iterator;

  // The empty set.
  SharedPlanIds() = default;
  // Not explicit: it stands wherever a set of plan ids does.
  SharedPlanIds(PlanIdSet plans) {
    if (!plans.empty()) plans_ = std::make_shared<const PlanIdSet>(std::move(plans));
  }

  const PlanIdSet& get() const { return plans_ != nullptr ? *plans_ : Empty(); }
  operator const PlanIdSet&() const { return get(); }
  const_iterator begin() const { return get().begin(); }
  const_iterator end() const { return get().end(); }
  size_t size() const { return plans_ != nullptr ? plans_->size() : 0; }
  bool empty() const { return plans_ == nullptr; }

  friend bool operator==(const SharedPlanIds& x, const SharedPlanIds& y) {
    return x.plans_ == y.plans_ || x.get() == y.get();
  }
  friend bool operator<(const SharedPlanIds& x, const SharedPlanIds& y) {
    return x.plans_ != y.plans_ && x.get() < y.get();
  }

 private:
  static const PlanIdSet& Empty() {
    static const PlanIdSet& empty = *new PlanIdSet();
    return empty;
  }

  std::shared_ptr<const PlanIdSet> plans_;  // Nothing: the empty set.
};

}  // namespace seatwise
