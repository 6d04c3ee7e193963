#include "bench/batch/live_bytes.h"

#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace seatwise {
namespace {

std::atomic<bool> watched{false};
std::atomic<int64_t> live{0};
std::atomic<int64_t> peak{0};

void Add(void* block) {
  if (!watched.load(std::memory_order_relaxed)) return;
  const auto bytes = static_cast<int64_t>(malloc_usable_size(block));
  const int64_t now = live.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  int64_t most = peak.load(std::memory_order_relaxed);
  while (now > most && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
}

void Remove(void* block) {
  if (block == nullptr || !watched.load(std::memory_order_relaxed)) return;
  live.fetch_sub(static_cast<int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
}

}  // namespace

void WatchLiveBytes() {
  live = 0;
  peak = 0;
  watched = true;
}

int64_t StopWatchingLiveBytes() {
  watched = false;
  return peak;
}

}  // namespace seatwise

// The standard's other forms call these, but for those of types with more alignment than usual,
// which are not counted.
void* operator new(size_t size) {
  void* block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) std::abort();
  seatwise::Add(block);
  return block;
}

void operator delete(void* block) noexcept {
  seatwise::Remove(block);
  std::free(block);
}

void operator delete(void* block, size_t) noexcept { operator delete(block); }
