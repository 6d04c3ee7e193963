#include "base/thread_pool.h"

#include <atomic>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(ThreadPoolTest, EveryTaskRunsOnceForAnyNumberOfThreads) {
  for (int threads : {1, 2, 7}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.threads(), threads);
    for (int count : {0, 1, 6, 100}) {
      std::vector<std::atomic<int>> runs(static_cast<size_t>(count));
      pool.Run(count, [&](int i) { ++runs[static_cast<size_t>(i)]; });
      for (const std::atomic<int>& n : runs) EXPECT_EQ(n, 1);
    }
  }
}

TEST(ThreadPoolTest, ShardsCoverTheRangeInOrder) {
  ThreadPool pool(3);
  std::vector<Shard> shards(3);
  ParallelShards(pool, 10, [&](Shard shard) { shards[static_cast<size_t>(shard.index)] = shard; });
  size_t next = 0;
  for (const Shard& shard : shards) {
    EXPECT_EQ(shard.begin, next);
    next = shard.end;
  }
  EXPECT_EQ(next, 10u);
}

}  // namespace
}  // namespace seatwise
