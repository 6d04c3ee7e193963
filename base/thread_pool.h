// An Executor over a fixed number of threads.
#pragma once

#include <thread>
#include <vector>

#include "absl/functional/function_ref.h"
#include "base/executor.h"
#include "base/mutex.h"

namespace seatwise {

// `threads` - 1 workers that live as long as the pool; the caller of Run works too.
class ThreadPool final : public Executor {
 public:
  // `threads` must be at least 1.
  explicit ThreadPool(int threads);
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool() override;

  int threads() const override { return static_cast<int>(workers_.size()) + 1; }
  void Run(int count, absl::FunctionRef<void(int)> task) override;

 private:
  // The tasks of one call of Run, shared by all threads.
  struct Round {
    absl::FunctionRef<void(int)> task;
    int count;
    int next = 0;      // The next task to start.
    int finished = 0;  // Tasks that have returned.
  };

  void Work();
  // Runs tasks of the current round until none is left to start.
  void Drain(Round& round) SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_;
  CondVar changed_;
  Round* round_ SEATWISE_GUARDED_BY(mutex_) = nullptr;
  bool stopping_ SEATWISE_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> workers_;
};

}  // namespace seatwise
