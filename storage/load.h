// A tenant from the store to where the engine starts.
#pragma once

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "engine/model/loaded_facts.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// Everything the engine needs; names are not read. One pass over users, groups, members and
// assignments, on all threads of the executor. Fails as Snapshot does, and with DATA_LOSS if
// records contradict each other.
absl::StatusOr<LoadedFacts> Load(const FactsSnapshot& facts, Executor& executor);

}  // namespace seatwise
