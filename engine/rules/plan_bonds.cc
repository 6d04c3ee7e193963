#include "engine/rules/plan_bonds.h"

#include <algorithm>

namespace seatwise {

PlanBonds::PlanBonds(const Catalog& catalog)
    : deciding_(catalog.words()), bond_of_(catalog.plans()) {
  UnionInto(absl::MakeSpan(deciding_), catalog.plans_with_conflicts());
  ForEachPlan(catalog.plans_with_requirements(), [&](PlanNo plan) {
    for (const RequirementRow& requirement : catalog.requirements_of(plan)) {
      UnionInto(absl::MakeSpan(deciding_), catalog.any_of(requirement.any_of));
    }
  });
  ForEachPlan(deciding_, [&](PlanNo plan) {
    bond_of_[plan] = static_cast<uint32_t>(plans_.size());
    plans_.push_back(plan);
  });
  words_ = std::max<size_t>(1, PlanWords(plans_.size()));
}

std::vector<uint64_t> PlanBonds::Of(PlanBits plans) const {
  std::vector<uint64_t> bonds(words_);
  ForEachCommon(plans, deciding_,
                [&](PlanNo plan) { Insert(absl::MakeSpan(bonds), bond_of_[plan]); });
  return bonds;
}

}  // namespace seatwise
