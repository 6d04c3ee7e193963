// Finds F by spreading from the plans without requirements, as a topological sort does: each plan
// counts its requirements that are not met yet. When that comes to a stop, SKUs that hold plans
// outside of F are tried as wholes: starting with all of these plans, those with an unmet
// requirement are crossed out until none is left to cross out. What remains joins F and spreads on.
//
//   AUDIO requires CALLS, CALLS requires LINE, LINE requires CALLS; SKU phone = {CALLS, LINE}
//   by itself nothing comes first; phone brings CALLS and LINE together; then AUDIO follows
#include "engine/model/requirement_circles.h"

#include <cstddef>
#include <cstdint>

#include "engine/model/cycles.h"
#include "engine/model/plan_bits.h"

namespace seatwise {
namespace {

class FirstPlans {
 public:
  explicit FirstPlans(const Catalog& catalog) : catalog_(catalog), first_(catalog.words()) {
    CountRequirements();
    for (PlanNo plan = 0; plan < catalog_.plans(); ++plan) {
      if (IsForUsers(plan) && unmet_[plan] == 0) Add(plan);
    }
    Spread();
    while (TrySkus()) Spread();
  }

  PlanBits first() const { return first_; }

 private:
  bool IsForUsers(PlanNo plan) const { return catalog_.plan(plan).applies_to == AppliesTo::kUser; }

  void CountRequirements() {
    unmet_.resize(catalog_.plans());
    named_by_.resize(catalog_.plans());
    for (PlanNo plan = 0; plan < catalog_.plans(); ++plan) {
      for (const RequirementRow& row : catalog_.requirements_of(plan)) {
        if (Contains(catalog_.any_of(row.any_of), plan)) continue;  // Meets itself.
        ++unmet_[plan];
        ForEachPlan(catalog_.any_of(row.any_of),
                    [&](PlanNo named) { named_by_[named].push_back(row); });
        if (met_.size() <= row.any_of) met_.resize(row.any_of + 1);
      }
    }
  }

  void Add(PlanNo plan) {
    if (Contains(first_, plan)) return;
    Insert(absl::MakeSpan(first_), plan);
    fresh_.push_back(plan);
  }

  void Spread() {
    while (!fresh_.empty()) {
      const PlanNo plan = fresh_.back();
      fresh_.pop_back();
      for (const RequirementRow& row : named_by_[plan]) Meet(row);
    }
  }

  void Meet(const RequirementRow& row) {
    if (met_[row.any_of]) return;
    met_[row.any_of] = true;
    if (--unmet_[row.plan] == 0 && IsForUsers(row.plan)) Add(row.plan);
  }

  // Whether any SKU added plans.
  bool TrySkus() {
    bool added = false;
    for (SkuNo sku = 0; sku < catalog_.skus(); ++sku) {
      std::vector<uint64_t> together = OutsideOfFirst(catalog_.user_plans(sku));
      if (IsEmpty(together)) continue;
      while (CrossOut(together)) {
      }
      ForEachPlan(together, [&](PlanNo plan) { Add(plan); });
      added = added || !IsEmpty(together);
    }
    return added;
  }

  std::vector<uint64_t> OutsideOfFirst(PlanBits plans) const {
    std::vector<uint64_t> outside(plans.begin(), plans.end());
    for (size_t i = 0; i < outside.size(); ++i) outside[i] &= ~first_[i];
    return outside;
  }

  // Whether any plan was crossed out of `together`.
  bool CrossOut(std::vector<uint64_t>& together) const {
    bool crossed = false;
    ForEachPlan(std::vector<uint64_t>(together), [&](PlanNo plan) {
      if (WorksWith(plan, together)) return;
      together[plan / 64] &= ~(uint64_t{1} << (plan % 64));
      crossed = true;
    });
    return crossed;
  }

  bool WorksWith(PlanNo plan, PlanBits together) const {
    for (const RequirementRow& row : catalog_.requirements_of(plan)) {
      const PlanBits any_of = catalog_.any_of(row.any_of);
      if (!Intersects(any_of, together) && !Intersects(any_of, first_)) return false;
    }
    return true;
  }

  const Catalog& catalog_;
  std::vector<uint64_t> first_;                        // F.
  std::vector<PlanNo> fresh_;                          // In F, consequences not drawn yet.
  std::vector<uint32_t> unmet_;                        // By plan: requirements.
  std::vector<std::vector<RequirementRow>> named_by_;  // By plan: requirements that name it.
  std::vector<bool> met_;                              // By row of Catalog::any_of.
};

// Calls visit(named) for each USER plan outside of F that a requirement of `plan` names, if it
// names no plan of F.
template <typename Visit>
void ForEachWait(const Catalog& catalog, PlanBits first, PlanNo plan, Visit visit) {
  for (const RequirementRow& row : catalog.requirements_of(plan)) {
    const PlanBits any_of = catalog.any_of(row.any_of);
    if (Contains(any_of, plan) || Intersects(any_of, first)) continue;
    ForEachPlan(any_of, [&](PlanNo named) {
      if (catalog.plan(named).applies_to == AppliesTo::kUser) visit(named);
    });
  }
}

}  // namespace

std::vector<std::vector<PlanNo>> RequirementCircles(const Catalog& catalog) {
  if (IsEmpty(catalog.plans_with_requirements())) return {};
  const FirstPlans can(catalog);
  std::vector<uint32_t> first_target = {0};
  std::vector<PlanNo> targets;
  for (PlanNo plan = 0; plan < catalog.plans(); ++plan) {
    const bool waits =
        catalog.plan(plan).applies_to == AppliesTo::kUser && !Contains(can.first(), plan);
    if (waits) {
      ForEachWait(catalog, can.first(), plan, [&](PlanNo named) { targets.push_back(named); });
    }
    first_target.push_back(static_cast<uint32_t>(targets.size()));
  }
  return FindCycles(first_target, targets);
}

}  // namespace seatwise
