#include "bench/workload/random.h"

#include <bit>

namespace seatwise::workload {

namespace {

constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;

}  // namespace

uint64_t Mix64(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

Random::Random(uint64_t seed, Stream stream, uint64_t index) {
  uint64_t splitmix =
      Mix64(Mix64(seed + kGolden) + static_cast<uint64_t>(stream) * kGolden) + index;
  splitmix = Mix64(splitmix * kGolden);
  for (uint64_t& word : state_) word = Mix64(splitmix += kGolden);
}

uint64_t Random::Next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

}  // namespace seatwise::workload
