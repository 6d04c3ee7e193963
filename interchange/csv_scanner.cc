#include "interchange/csv_scanner.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace seatwise {

#ifdef __SSE2__

namespace {

uint64_t StructuralBits16(const char* bytes) {
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const auto is = [&](char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); };
  const __m128i cells = _mm_or_si128(is(','), is('"'));
  const __m128i lines = _mm_or_si128(is('\n'), is('\r'));
  const __m128i any = _mm_or_si128(_mm_or_si128(cells, lines), is('\0'));
  return static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(any)));
}

}  // namespace

uint64_t StructuralBits(const char* bytes) {
  return StructuralBits16(bytes) | StructuralBits16(bytes + 16) << 16 |
         StructuralBits16(bytes + 32) << 32 | StructuralBits16(bytes + 48) << 48;
}

#else

uint64_t StructuralBits(const char* bytes) {
  uint64_t bits = 0;
  for (size_t i = 0; i < 64; ++i) {
    const char c = bytes[i];
    const bool found = c == ',' || c == '"' || c == '\n' || c == '\r' || c == '\0';
    bits |= uint64_t{found} << i;
  }
  return bits;
}

#endif

}  // namespace seatwise
