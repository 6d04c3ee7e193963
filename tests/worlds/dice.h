// Random choices that are the same on every machine for the same seed. Test only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/check.h"

namespace seatwise::worlds {

// A sequence of choices (SplitMix64). Not thread-safe; cheap to make.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}

  // Any 64 bits.
  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  // 0 to n - 1; n must be positive.
  int Below(int n) {
    SEATWISE_CHECK(n > 0);
    return static_cast<int>(Next() % static_cast<uint64_t>(n));
  }

  // From `low` to `high`, both included.
  int Between(int low, int high) { return low + Below(high - low + 1); }

  // True `percent` times of a hundred.
  bool Chance(int percent) { return Below(100) < percent; }

  // One of `list`, which must not be empty.
  template <typename List>
  const auto& Pick(const List& list) {
    return list[static_cast<size_t>(Below(static_cast<int>(std::size(list))))];
  }

  // Any order, all equally likely.
  template <typename T>
  void Shuffle(std::vector<T>& list) {
    for (size_t i = list.size(); i > 1; --i) {
      std::swap(list[i - 1], list[static_cast<size_t>(Below(static_cast<int>(i)))]);
    }
  }

 private:
  uint64_t state_;
};

}  // namespace seatwise::worlds
