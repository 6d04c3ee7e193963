// The engine that serves (engine/incremental) as one under test. Test only.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "tests/histories/engine_under_test.h"

namespace seatwise::histories {

// What all changes met, to see that tests reach what is rare.
struct LiveTotals {
  std::atomic<int64_t> prepared = 0;
  std::atomic<int64_t> fell_back = 0;      // Of these.
  std::atomic<int64_t> queue_repairs = 0;  // Users evaluated again because seats moved.
  std::atomic<int64_t> longest_chain = 0;  // Most repairs of one change.
};

// The engine with `threads` threads. `totals`, which may be nullptr, outlives it.
IncrementalEngine LiveEngine(int threads, LiveTotals* totals);

}  // namespace seatwise::histories
