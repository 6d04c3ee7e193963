// Random histories that reach every way a tenant can change. Test only.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tests/histories/history.h"
#include "tests/histories/history_weights.h"

namespace seatwise::histories {

// A history, and how it came about.
struct RandomHistory {
  History history;     // Each step as the door lets it through.
  size_t changes = 0;  // All that are in it.
  size_t refused = 0;  // Changes that were drawn and not let through.
};

// The same for the same seed and weights, on every machine.
RandomHistory MakeHistory(uint64_t seed, const HistoryWeights& weights);

// The history of a seed, with the weights of that seed.
RandomHistory MakeHistory(uint64_t seed);

}  // namespace seatwise::histories
