// Mutex and condition variable of the standard library, with clang's thread-safety annotations.
// (absl::Mutex as Debian ships it is invisible to ThreadSanitizer, which then reports every use as
// a race; these are visible. See docs/adr/0001.)
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "base/clock.h"

#ifdef __clang__
#define SEATWISE_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define SEATWISE_THREAD_ANNOTATION(x)
#endif
#define SEATWISE_GUARDED_BY(mutex) SEATWISE_THREAD_ANNOTATION(guarded_by(mutex))
#define SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex) \
  SEATWISE_THREAD_ANNOTATION(exclusive_locks_required(mutex))

namespace seatwise {

// Not recursive.
class SEATWISE_THREAD_ANNOTATION(lockable) Mutex {
 public:
  void Lock() SEATWISE_THREAD_ANNOTATION(exclusive_lock_function()) { mutex_.lock(); }
  // Whether it was free, and is held now.
  bool TryLock() SEATWISE_THREAD_ANNOTATION(exclusive_trylock_function(true)) {
    return mutex_.try_lock();
  }
  void Unlock() SEATWISE_THREAD_ANNOTATION(unlock_function()) { mutex_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

// Holds a mutex for a scope.
class SEATWISE_THREAD_ANNOTATION(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex* mutex) SEATWISE_THREAD_ANNOTATION(exclusive_lock_function(mutex))
      : mutex_(*mutex) {
    mutex_.Lock();
  }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;
  ~MutexLock() SEATWISE_THREAD_ANNOTATION(unlock_function()) { mutex_.Unlock(); }

 private:
  Mutex& mutex_;
};

// Waits may wake without a notification: call Wait in a loop over the condition.
class CondVar {
 public:
  void Wait(Mutex& mutex) SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  // Waits no longer than until `deadline`; false once that has passed.
  bool WaitUntil(Mutex& mutex, Deadline deadline) SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    if (deadline.Passed()) return false;
    std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
    // The standard library cannot wait for the end of time: it converts clocks, and overflows.
    const auto limit = std::chrono::steady_clock::now() + std::chrono::hours(24);
    condition_.wait_until(lock, std::min(deadline.when(), limit));
    lock.release();
    return true;
  }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace seatwise
