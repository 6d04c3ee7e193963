// The relations between plans, asked about whole sets (K4, K5).
#pragma once

#include <cstdint>

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

// K5: a requirement of some plan of `asked` that has no plan in `present`, as 1 + its row of
// Catalog::any_of; 0 if there is none.
inline uint32_t UnmetRequirement(const Catalog& catalog, PlanBits asked, PlanBits present) {
  uint32_t found = 0;
  ForEachCommon(asked, catalog.plans_with_requirements(), [&](PlanNo plan) {
    if (found != 0) return;
    for (const RequirementRow& requirement : catalog.requirements_of(plan)) {
      if (!Intersects(catalog.any_of(requirement.any_of), present)) found = requirement.any_of + 1;
    }
  });
  return found;
}

// K5: whether there is such a requirement.
inline bool HasUnmetRequirement(const Catalog& catalog, PlanBits asked, PlanBits present) {
  return UnmetRequirement(catalog, asked, present) != 0;
}

}  // namespace seatwise
