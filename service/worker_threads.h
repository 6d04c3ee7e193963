// Threads for calls that may block, so that those which answer from memory never wait for them.
#pragma once

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "base/mutex.h"

namespace seatwise {

// Runs functions in the order in which they come, several at once. Any thread.
class WorkerThreads {
 public:
  // `threads` is at least 1.
  explicit WorkerThreads(int threads);
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;
  // Runs what is waiting, then ends the threads.
  ~WorkerThreads();

  void Run(std::function<void()> work);

 private:
  void Loop();

  Mutex mutex_;
  CondVar changed_;
  std::deque<std::function<void()>> waiting_ SEATWISE_GUARDED_BY(mutex_);
  bool ending_ SEATWISE_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace seatwise
