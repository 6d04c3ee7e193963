// From the form in which facts change back to what a store would load.
#pragma once

#include "base/executor.h"
#include "engine/incremental/live_facts.h"
#include "engine/model/loaded_facts.h"

namespace seatwise {

// The same facts, for batch computations. user_number and group_number lead from the ranks in the
// columns to the numbers in `facts`; SKUs and plans are found by their ids. The spelling of
// addresses and what no answer depends on (prices, renewals) are lost.
LoadedFacts UnloadLiveFacts(const LiveFacts& facts, Executor& executor);

}  // namespace seatwise
