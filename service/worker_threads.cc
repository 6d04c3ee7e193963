#include "service/worker_threads.h"

#include <utility>

#include "base/check.h"

namespace seatwise {

WorkerThreads::WorkerThreads(int threads) {
  SEATWISE_CHECK(threads >= 1);
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
}

WorkerThreads::~WorkerThreads() {
  {
    MutexLock lock(&mutex_);
    ending_ = true;
    changed_.NotifyAll();
  }
  for (std::thread& thread : threads_) thread.join();
}

void WorkerThreads::Run(std::function<void()> work) {
  MutexLock lock(&mutex_);
  waiting_.push_back(std::move(work));
  changed_.NotifyAll();
}

void WorkerThreads::Loop() {
  MutexLock lock(&mutex_);
  while (true) {
    while (waiting_.empty() && !ending_) changed_.Wait(mutex_);
    if (waiting_.empty()) return;
    std::function<void()> work = std::move(waiting_.front());
    waiting_.pop_front();
    mutex_.Unlock();
    work();
    work = nullptr;  // What it holds ends without the lock.
    mutex_.Lock();
  }
}

}  // namespace seatwise
