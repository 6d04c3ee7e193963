// The engine that serves (engine/incremental) as one under test. Test only.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/incremental/prepare_options.h"
#include "tests/histories/engine_under_test.h"

namespace seatwise::histories {

// What all changes met, to see that tests reach what is rare.
struct LiveTotals {
  std::atomic<int64_t> prepared = 0;
  std::atomic<int64_t> fell_back = 0;      // Of these.
  std::atomic<int64_t> queue_repairs = 0;  // Users evaluated again because seats moved.
  std::atomic<int64_t> longest_chain = 0;  // Most repairs of one change.
};

// How it is run.
struct LiveOptions {
  int threads = 1;  // With more, one caller at a time.
  PrepareLimits limits;
  LiveTotals* totals = nullptr;  // Outlives the engine.
};

// The engine, run like that.
IncrementalEngine LiveEngine(const LiveOptions& options = {});

}  // namespace seatwise::histories
