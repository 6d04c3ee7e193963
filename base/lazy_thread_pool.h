// Threads for work that rarely needs any, and that others go before.
#pragma once

#include <optional>

#include "absl/functional/function_ref.h"
#include "base/executor.h"
#include "base/thread_pool.h"

namespace seatwise {

// A ThreadPool that is started by the first Run of more than one task, and whose own threads step
// back where processors are short: they get a third of what others get. The caller of Run keeps its
// priority.
class LazyThreadPool final : public Executor {
 public:
  // `threads` must be at least 1.
  explicit LazyThreadPool(int threads) : threads_(threads) {}

  int threads() const override { return threads_; }
  void Run(int count, absl::FunctionRef<void(int)> task) override;

 private:
  const int threads_;
  std::optional<ThreadPool> pool_;
};

}  // namespace seatwise
