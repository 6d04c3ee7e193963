// Sorting some few numbers without a branch: which of two comes first is anybody's guess, and a
// wrong guess costs more than all comparisons. Each number is compared with all, four at a time:
// how many are smaller is its place, and whether an equal one stands before it says that it goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace seatwise {

// So many numbers are few.
inline constexpr size_t kMostToSort = 8;

// Writes each of `size` numbers once, ascending, and one more word; answers how many these are.
// `size` is at most kMostToSort, of which so many are read in any case. No number may be the
// largest of 32 bits. Any thread.
inline size_t SortFew(const uint32_t* numbers, size_t size, uint32_t* sorted) {
  using Four = uint32_t __attribute__((vector_size(16)));  // A comparison that holds is -1.
  using Comparison = int32_t __attribute__((vector_size(16)));
  constexpr Four kPlaces{0, 1, 2, 3};
  constexpr auto kFour = std::make_integer_sequence<int, 4>();
  const auto few = static_cast<uint32_t>(size);
  const Comparison low_beyond = kPlaces >= few, high_beyond = kPlaces + 4 >= few;
  Four low, high;
  std::memcpy(&low, numbers, sizeof(low));
  std::memcpy(&high, numbers + 4, sizeof(high));

  // What comes again, or was not asked about, becomes the largest.
  Comparison low_again{}, high_again{};
  const auto find_again = [&]<int... kPlace>(std::integer_sequence<int, kPlace...>) {
    ((low_again |= (low == low[kPlace]) & (kPlaces > kPlace)), ...);
    ((high_again |= (high == low[kPlace]) | ((high == high[kPlace]) & (kPlaces > kPlace))), ...);
  };
  find_again(kFour);
  low_again |= low_beyond;
  high_again |= high_beyond;
  low |= Four(low_again);
  high |= Four(high_again);

  Four low_rank{}, high_rank{};
  const auto find_ranks = [&]<int... kPlace>(std::integer_sequence<int, kPlace...>) {
    ((low_rank -= Four(low > low[kPlace]) + Four(low > high[kPlace])), ...);
    ((high_rank -= Four(high > low[kPlace]) + Four(high > high[kPlace])), ...);
    ((sorted[low_rank[kPlace]] = low[kPlace], sorted[high_rank[kPlace]] = high[kPlace]), ...);
  };
  find_ranks(kFour);
  const Comparison gone = low_again + high_again;
  return kMostToSort + static_cast<size_t>(gone[0] + gone[1] + gone[2] + gone[3]);
}

}  // namespace seatwise
