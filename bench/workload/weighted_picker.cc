// Walker's alias method, in integers: every number's weight is poured into slots of equal size,
// each filled from at most two numbers.
#include "bench/workload/weighted_picker.h"

#include <cmath>
#include <cstddef>

namespace seatwise::workload {

namespace {

__extension__ typedef unsigned __int128 Wide;

// Puts the numbers that fill less than a slot before those that fill more.
struct Worklist {
  std::vector<uint32_t> small;
  std::vector<uint32_t> large;
};

Worklist Divide(absl::Span<const Wide> filled, Wide slot_size) {
  Worklist list;
  for (uint32_t i = 0; i < filled.size(); ++i) {
    (filled[i] < slot_size ? list.small : list.large).push_back(i);
  }
  return list;
}

}  // namespace

WeightedPicker::WeightedPicker(absl::Span<const uint64_t> weights) : slots_(weights.size()) {
  Wide slot_size = 0;  // In units of 1 / count: the sum of all weights.
  for (uint64_t weight : weights) slot_size += weight;
  std::vector<Wide> filled;
  for (uint64_t weight : weights) filled.push_back(Wide{weight} * weights.size());
  for (uint32_t i = 0; i < slots_.size(); ++i) slots_[i] = {uint64_t{1} << 32, i, i};
  Worklist list = Divide(filled, slot_size);
  while (!list.small.empty() && !list.large.empty()) {
    const uint32_t small = list.small.back();
    const uint32_t large = list.large.back();
    list.small.pop_back();
    slots_[small] = {static_cast<uint64_t>((filled[small] << 32) / slot_size), small, large};
    filled[large] -= slot_size - filled[small];
    if (filled[large] >= slot_size) continue;
    list.large.pop_back();
    list.small.push_back(large);
  }
}

// Only division, product and square root: IEEE 754 fixes their results to the last bit.
std::vector<uint64_t> ZipfWeights(size_t count, uint32_t flat) {
  std::vector<uint64_t> weights;
  weights.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const double rank = static_cast<double>(i + flat);
    const double power = rank * std::sqrt(std::sqrt(rank));
    weights.push_back(static_cast<uint64_t>(1099511627776.0 / power) + 1);
  }
  return weights;
}

}  // namespace seatwise::workload
