// Random tenants that reach every rule. Test only.
#pragma once

#include <cstdint>

#include "engine/model/facts.h"
#include "tests/worlds/weights.h"

namespace seatwise::worlds {

// Valid facts, the same for the same seed and weights, on every machine. Rows are in no order.
Facts RandomTenant(uint64_t seed, const Weights& weights);

// The tenant of a seed, with the weights of that seed.
Facts RandomTenant(uint64_t seed);

}  // namespace seatwise::worlds
