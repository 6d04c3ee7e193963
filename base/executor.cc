#include "base/executor.h"

namespace seatwise {

void InlineExecutor::Run(int count, absl::FunctionRef<void(int)> task) {
  for (int i = 0; i < count; ++i) task(i);
}

void ParallelShards(Executor& executor, size_t size, absl::FunctionRef<void(Shard)> work) {
  const size_t parts = static_cast<size_t>(executor.threads());
  executor.Run(static_cast<int>(parts), [&](int i) {
    const size_t part = static_cast<size_t>(i);
    work({.index = i, .begin = size * part / parts, .end = size * (part + 1) / parts});
  });
}

}  // namespace seatwise
