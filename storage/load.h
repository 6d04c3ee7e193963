// A tenant from the store to where the engine starts.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "engine/model/loaded_facts.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// Users and groups, of all times, from which on a tenant is read in parts and past the cache.
inline constexpr uint32_t kManyPrincipals = 20'000;

// Everything the engine needs; names are not read. One pass over users, groups, members and
// assignments, in a tenant of so `many` principals on all threads of the executor. Fails as
// Snapshot does, and with DATA_LOSS if records contradict each other.
absl::StatusOr<LoadedFacts> Load(const FactsSnapshot& facts, Executor& executor,
                                 uint32_t many = kManyPrincipals);

}  // namespace seatwise
