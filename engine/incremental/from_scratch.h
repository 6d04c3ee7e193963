// All outcomes of a tenant at once, by the batch engine.
#pragma once

#include <cstdint>

#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/model/columns.h"

namespace seatwise {

// The parts for `facts`, of which `columns` are the same facts; `user_number` is by rank in
// columns.users. The result does not depend on the number of threads.
LiveParts FromScratch(LiveFacts facts, const Columns& columns,
                      absl::Span<const uint32_t> user_number, Executor& executor);

}  // namespace seatwise
