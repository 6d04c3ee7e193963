#include "base/lazy_thread_pool.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(LazyThreadPoolTest, OneTaskRunsOnTheCallersThread) {
  LazyThreadPool pool(3);
  std::thread::id ran;
  pool.Run(1, [&](int) { ran = std::this_thread::get_id(); });
  EXPECT_EQ(ran, std::this_thread::get_id());
}

TEST(LazyThreadPoolTest, RunsEachTaskOnce) {
  for (const int threads : {1, 2, 3}) {
    LazyThreadPool pool(threads);
    EXPECT_EQ(pool.threads(), threads);
    for (const int count : {0, 1, 2, 100}) {
      std::vector<std::atomic<int>> runs(static_cast<size_t>(count));
      pool.Run(count, [&](int i) { ++runs[static_cast<size_t>(i)]; });
      for (const std::atomic<int>& run : runs) EXPECT_EQ(run, 1);
    }
  }
}

TEST(LazyThreadPoolTest, OnlyItsOwnThreadsStepBack) {
  LazyThreadPool pool(2);
  const int own = getpriority(PRIO_PROCESS, 0);
  std::atomic<int> begun = 0;
  Mutex mutex;
  std::multiset<int> seen;
  pool.Run(2, [&](int) {
    // Both are under way at once, so they are on two threads.
    for (++begun; begun < 2;) std::this_thread::yield();
    MutexLock lock(&mutex);
    seen.insert(getpriority(PRIO_PROCESS, 0) - own);
  });
  EXPECT_EQ(seen.size(), 2u);
  EXPECT_EQ(*seen.begin(), 0);
  // 19 is the lowest that there is.
  EXPECT_GT(*seen.rbegin() + own, std::min(own, 18));
}

}  // namespace
}  // namespace seatwise
