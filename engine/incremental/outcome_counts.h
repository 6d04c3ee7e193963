// What the outcome of one user adds to the counts of its SKUs and groups.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/incremental/outcome.h"
#include "engine/rules/granting.h"
#include "engine/rules/shape.h"

namespace seatwise {

// Calls visit(group, has_error) for each group of which the user is a licensed member; `has_error`
// says whether a claim from it is rejected (section 7).
template <typename Visit>
void ForEachGroupOf(const Outcome& outcome, Visit visit) {
  for (size_t begin = 0, end = 0; begin < outcome.claims.size(); begin = end) {
    const uint32_t group = outcome.claims[begin]->head.group;
    bool has_error = false;
    for (; end < outcome.claims.size() && outcome.claims[end]->head.group == group; ++end) {
      has_error = has_error || !IsGranted(outcome.granted, end);
    }
    if (group != Shape::kDirect) visit(group, has_error);
  }
}

}  // namespace seatwise
