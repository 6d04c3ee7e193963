#include "service/worker_threads.h"

#include <atomic>

#include "base/mutex.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(WorkerThreadsTest, EverythingRunsBeforeTheEnd) {
  std::atomic<int> done = 0;
  {
    WorkerThreads workers(3);
    for (int i = 0; i < 100; ++i) workers.Run([&] { ++done; });
  }
  EXPECT_EQ(done, 100);
}

TEST(WorkerThreadsTest, OneThatBlocksHoldsUpNoOther) {
  Mutex mutex;
  CondVar changed;
  bool released = false;
  bool ended = false;
  WorkerThreads workers(2);
  workers.Run([&] {
    MutexLock lock(&mutex);
    while (!released) changed.Wait(mutex);
    ended = true;
    changed.NotifyAll();
  });
  workers.Run([&] {
    MutexLock lock(&mutex);
    released = true;
    changed.NotifyAll();
  });
  MutexLock lock(&mutex);
  while (!ended) changed.Wait(mutex);
  EXPECT_TRUE(released);
}

}  // namespace
}  // namespace seatwise
