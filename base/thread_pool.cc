#include "base/thread_pool.h"

#include "base/check.h"

namespace seatwise {

ThreadPool::ThreadPool(int threads) {
  SEATWISE_CHECK(threads >= 1);
  for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { Work(); });
}

ThreadPool::~ThreadPool() {
  {
    MutexLock lock(&mutex_);
    stopping_ = true;
    changed_.NotifyAll();
  }
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::Run(int count, absl::FunctionRef<void(int)> task) {
  Round round{.task = task, .count = count};
  MutexLock lock(&mutex_);
  SEATWISE_CHECK(round_ == nullptr) << "Run was called from a task or from two threads";
  round_ = &round;
  changed_.NotifyAll();
  Drain(round);
  while (round.finished < count) changed_.Wait(mutex_);
  round_ = nullptr;
}

void ThreadPool::Drain(Round& round) {
  while (round.next < round.count) {
    const int i = round.next++;
    mutex_.Unlock();
    round.task(i);
    mutex_.Lock();
    if (++round.finished == round.count) changed_.NotifyAll();
  }
}

void ThreadPool::Work() {
  MutexLock lock(&mutex_);
  while (!stopping_) {
    if (round_ != nullptr && round_->next < round_->count) {
      Drain(*round_);
    } else {
      changed_.Wait(mutex_);
    }
  }
}

}  // namespace seatwise
