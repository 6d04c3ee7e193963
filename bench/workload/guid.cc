// 128 bits: the upper half is a hash with the version digit put in; the lower half carries the
// number through a bijection of 62 bits, below the two bits of the variant. The lower half alone
// makes ids unique, without remembering those given out.
#include "bench/workload/guid.h"

#include "bench/workload/random.h"

namespace seatwise::workload {

namespace {

constexpr uint64_t kLow62 = (uint64_t{1} << 62) - 1;

// Shifts and odd multipliers are invertible modulo 2^62.
uint64_t Mix62(uint64_t value) {
  value &= kLow62;
  value ^= value >> 31;
  value = (value * 0xbf58476d1ce4e5b9) & kLow62;
  value ^= value >> 29;
  value = (value * 0x94d049bb133111eb) & kLow62;
  return value ^ (value >> 32);
}

// The two hexadecimal digits of each byte.
constexpr std::array<char, 512> MakeHexDigits() {
  constexpr char kDigits[] = "0123456789abcdef";
  std::array<char, 512> digits{};
  for (int byte = 0; byte < 256; ++byte) {
    digits[2 * byte] = kDigits[byte >> 4];
    digits[2 * byte + 1] = kDigits[byte & 15];
  }
  return digits;
}

constexpr std::array<char, 512> kHexDigits = MakeHexDigits();

// Writes the top `count` bytes of `value`, which are then shifted out.
char* AppendBytes(char* out, uint64_t& value, int count) {
  for (int i = 0; i < count; ++i) {
    const unsigned byte = value >> 56;
    *out++ = kHexDigits[2 * byte];
    *out++ = kHexDigits[2 * byte + 1];
    value <<= 8;
  }
  return out;
}

Guid Spell(uint64_t high, uint64_t low) {
  Guid guid;
  char* out = AppendBytes(guid.text.data(), high, 4);
  *out++ = '-';
  out = AppendBytes(out, high, 2);
  *out++ = '-';
  out = AppendBytes(out, high, 2);
  *out++ = '-';
  out = AppendBytes(out, low, 2);
  *out++ = '-';
  AppendBytes(out, low, 6);
  return guid;
}

}  // namespace

Guid MakeGuid(uint64_t seed, GuidKind kind, uint64_t index) {
  const uint64_t base = Mix64(Mix64(seed) + static_cast<uint64_t>(kind));
  const uint64_t high = Mix64(base + index * 0x9e3779b97f4a7c15);
  const uint64_t low = Mix62(index + base);
  return Spell((high & ~uint64_t{0xf000}) | 0x4000, low | (uint64_t{1} << 63));
}

}  // namespace seatwise::workload
