// The relations between plans, asked about whole sets (K4, K5).
#pragma once

#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// K4: whether some plan of `asked` conflicts with some plan of `present`.
inline bool HasConflict(const Catalog& catalog, PlanBits asked, PlanBits present) {
  bool found = false;
  ForEachCommon(asked, catalog.plans_with_conflicts(), [&](PlanNo plan) {
    found = found || Intersects(catalog.conflicts_of(plan), present);
  });
  return found;
}

// K5: whether some requirement of some plan of `asked` has no plan in `present`.
inline bool HasUnmetRequirement(const Catalog& catalog, PlanBits asked, PlanBits present) {
  bool found = false;
  ForEachCommon(asked, catalog.plans_with_requirements(), [&](PlanNo plan) {
    for (const RequirementRow& requirement : catalog.requirements_of(plan)) {
      found = found || !Intersects(catalog.any_of(requirement.any_of), present);
    }
  });
  return found;
}

}  // namespace seatwise
