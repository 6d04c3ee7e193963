// Fetching memory into the cache before it is needed, so that several places are waited for at the
// same time.
//
// Not __builtin_prefetch alone: gcc takes a function that does nothing else for one without effect,
// and drops calls of it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace seatwise {

// Bytes that come into the cache together.
inline constexpr size_t kCacheLine = 64;

// Fetches the line of `place`, which may be any address. Any thread.
inline void PrefetchLine(const void* place) {
  __builtin_prefetch(place);
  asm volatile("");  // An effect, in the eyes of the compiler.
}

// The same for whoever is about to write there.
inline void PrefetchLineToWrite(const void* place) {
  __builtin_prefetch(place, 1);
  asm volatile("");
}

// Fetches all lines from `begin` on, which may be any address as well.
inline void PrefetchBytes(const void* begin, size_t bytes) {
  const auto first = reinterpret_cast<uintptr_t>(begin);
  for (size_t byte = 0; byte < bytes; byte += kCacheLine) {
    PrefetchLine(reinterpret_cast<const void*>(first + byte));
  }
}

}  // namespace seatwise
