// What would heal a rejected claim: candidates are tried out by a what-if each, alone and in twos
// and threes, and only what did heal is answered. Whoever asks sees what it would do to others,
// too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/facts_view.h"
#include "engine/plan/fix.h"
#include "engine/plan/fix_candidates.h"

namespace seatwise {

// What a search may cost.
struct FixLimits {
  size_t most_fixes = 2;  // Answered.
  size_t most_steps = 3;  // Of one fix.
  size_t most_what_ifs = 64;
  // Candidates that reach the claims of more users than this are not tried, but counted.
  int64_t most_touched = 20'000;
  // The same once something is found that takes from nobody else; those are not counted.
  int64_t most_touched_once_found = 20'000;
  // Of all that is tried, together: what goes beyond is not tried, but counted.
  int64_t most_touched_in_all = 200'000;
  Time now;  // When new assignments would be made.
};

// What was found.
struct FoundFixes {
  std::vector<Fix> fixes;  // The best first; empty if none was found.
  size_t what_ifs = 0;     // Tried.
  size_t not_tried = 0;    // Candidates that would touch too many, alone or with others before.
};

// Looks for changes after which `claim`, rejected in `state`, is granted, or else is no more.
// Better is what grants, then what takes from fewer others, then what takes fewer plans from the
// user, then fewer steps; steps that reach beyond licensing (an address, a membership) come last.
// If the best takes from others, what takes from nobody else is the second, if there is such a fix:
// people have to choose then. What reaches fewer users is tried first, and one step that grants the
// claim and takes nothing from anybody ends the search: nothing is better. `facts` are those that
// `state` follows from. Deterministic. Fails where the facts fail.
absl::StatusOr<FoundFixes> FindFixes(const std::shared_ptr<const LiveState>& state,
                                     const FactsView& facts, const ClaimName& claim,
                                     Executor& executor, const FixLimits& limits);

}  // namespace seatwise
