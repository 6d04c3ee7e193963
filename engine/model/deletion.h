// What a deletion means for the facts that name what is deleted (semantics section 1).
#pragma once

#include <cstdint>

#include "absl/container/btree_set.h"
#include "absl/types/span.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/reference.h"

namespace seatwise {

// What becomes of a fact that names something deleted.
enum class DependentFate : uint8_t {
  kGoesAlong,  // It makes no sense any more: deleted unasked.
  kCascade,    // Stands in the way; deleted by a cascade.
  kShrinks,    // Stands in the way; a cascade takes the plan out of its set.
};

// The facts that name the deleted one by a link.
struct DeletionRule {
  Link link;
  DependentFate fate;
};

// In the order in which Validate looks at them; empty for a kind that nothing names. One thing more
// stands in the way of a deletion: the plans of a SKU that is deleted.
absl::Span<const DeletionRule> DeletionRulesOf(FactKind deleted);

// A SKU, requirement or assignment without the plans that are deleted. The set of the requirement
// may be left empty, which is no fact: it has to go.
Fact WithoutPlans(Fact fact, const absl::btree_set<PlanId>& deleted);

}  // namespace seatwise
