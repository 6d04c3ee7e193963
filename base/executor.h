// How the engine gets threads: it owns none, callers pass an Executor.
#pragma once

#include <cstddef>

#include "absl/functional/function_ref.h"

namespace seatwise {

// Runs numbered tasks, possibly at the same time.
class Executor {
 public:
  virtual ~Executor() = default;

  // How many tasks may run at the same time; at least 1.
  virtual int threads() const = 0;

  // Calls task(0) to task(count - 1), each once, in any order and on any thread, and returns when
  // all have returned. Tasks must not call Run of the same executor. One caller at a time.
  virtual void Run(int count, absl::FunctionRef<void(int)> task) = 0;
};

// Runs everything on the calling thread.
class InlineExecutor final : public Executor {
 public:
  int threads() const override { return 1; }
  void Run(int count, absl::FunctionRef<void(int)> task) override;
};

// A part [begin, end) of some range, with its place among the parts.
struct Shard {
  int index = 0;
  size_t begin = 0;
  size_t end = 0;
};

// Splits [0, size) into executor.threads() parts of nearly equal length (empty ones where size is
// smaller), in order, and runs `work` on each. What a part computes may depend on the split only in
// ways that a merge in part order makes invisible: results must not depend on the number of
// threads.
void ParallelShards(Executor& executor, size_t size, absl::FunctionRef<void(Shard)> work);

}  // namespace seatwise
