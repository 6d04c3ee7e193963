// Draws numbers with given weights in constant time.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "bench/workload/random.h"

namespace seatwise::workload {

// Immutable after construction; any thread.
class WeightedPicker {
 public:
  // Number i is drawn with probability weights[i] / sum. At least one weight, none above 2^41, and
  // the sum above 0.
  explicit WeightedPicker(absl::Span<const uint64_t> weights);

  uint32_t Pick(Random& random) const {
    const Slot& slot = slots_[random.Below(static_cast<uint32_t>(slots_.size()))];
    return (random.Next() >> 32) < slot.keep ? slot.own : slot.other;
  }

 private:
  // Each slot is drawn equally often and gives one of two numbers; 2^32 means always `own`.
  struct Slot {
    uint64_t keep;
    uint32_t own;
    uint32_t other;
  };

  std::vector<Slot> slots_;
};

// Weights of a Zipf law with exponent 5/4 whose head is flattened: entry i has 1 / (i + flat)^1.25,
// scaled to at most 2^40. `flat` at least 1.
std::vector<uint64_t> ZipfWeights(size_t count, uint32_t flat);

}  // namespace seatwise::workload
