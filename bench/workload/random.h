// The generator's own source of chance: the standard library's distributions give other numbers on
// other implementations, and a seed must mean the same bytes everywhere.
#pragma once

#include <cstdint>

namespace seatwise::workload {

// What a stream of random numbers is used for. Each use has streams of its own, so that one more
// number drawn for users.csv moves nothing in members.csv.
enum class Stream : uint64_t {
  kPerson = 1,
  kIdentity,
  kJoins,
  kStructure,
  kNesting,
  kCatalog,
  kLicensing,
  kDirect,
  kRelations,
  kSupply,
};

// A bijection of 64-bit numbers that scatters them (the finalizer of splitmix64).
uint64_t Mix64(uint64_t value);

// xoshiro256**, seeded by splitmix64. Value type; one thread at a time.
class Random {
 public:
  // The stream number `index` of one use under `seed`: independent of all others, cheap enough to
  // make one for each user, and again for the same user later.
  Random(uint64_t seed, Stream stream, uint64_t index);

  // 64 random bits.
  uint64_t Next();
  // A number in [0, bound); `bound` at least 1.
  uint32_t Below(uint32_t bound) {
    return static_cast<uint32_t>(((Next() >> 32) * uint64_t{bound}) >> 32);
  }
  // A number in [low, high].
  uint32_t Between(uint32_t low, uint32_t high) { return low + Below(high - low + 1); }
  // True in `per_million` of a million cases.
  bool Chance(uint32_t per_million) { return Below(1'000'000) < per_million; }

 private:
  uint64_t state_[4];
};

}  // namespace seatwise::workload
