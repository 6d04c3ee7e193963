// The relations between plans, asked about whole sets (K4, K5).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
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

// K4: all plans that conflict with some plan of `asked`.
inline std::vector<uint64_t> ConflictsOf(const Catalog& catalog, PlanBits asked) {
  std::vector<uint64_t> conflicts(catalog.words());
  ForEachCommon(asked, catalog.plans_with_conflicts(), [&](PlanNo plan) {
    UnionInto(absl::MakeSpan(conflicts), catalog.conflicts_of(plan));
  });
  return conflicts;
}

// K5: whether some plan of `asked` has a requirement with no plan in `present`.
inline bool HasUnmetRequirement(const Catalog& catalog, PlanBits asked, PlanBits present) {
  bool found = false;
  ForEachCommon(asked, catalog.plans_with_requirements(), [&](PlanNo plan) {
    for (const RequirementRow& requirement : catalog.requirements_of(plan)) {
      found = found || !Intersects(catalog.any_of(requirement.any_of), present);
    }
  });
  return found;
}

// K5: what plans of `asked` require and do not have among them, as rows of Catalog::any_of.
inline std::vector<uint32_t> NeedsOf(const Catalog& catalog, PlanBits asked) {
  std::vector<uint32_t> needs;
  ForEachCommon(asked, catalog.plans_with_requirements(), [&](PlanNo plan) {
    for (const RequirementRow& requirement : catalog.requirements_of(plan)) {
      if (!Intersects(catalog.any_of(requirement.any_of), asked)) {
        needs.push_back(requirement.any_of);
      }
    }
  });
  return needs;
}

}  // namespace seatwise
