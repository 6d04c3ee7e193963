#include "engine/batch/queue_order.h"

#include <algorithm>
#include <random>

#include "base/thread_pool.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// How wide the keys of a random queue spread.
struct Spread {
  uint64_t priorities = 1;
  uint64_t times = 1;
  size_t entries = 0;
};

std::vector<KeyedEntry> RandomQueue(const Spread& spread, std::mt19937_64& random) {
  std::vector<KeyedEntry> entries;
  const auto time = [&] { return Time{kMinTime.micros + int64_t(random() % spread.times)}; };
  for (uint32_t i = 0; i < spread.entries; ++i) {
    const int64_t priority = int64_t(random() % spread.priorities) - int64_t(spread.priorities / 2);
    entries.push_back({.key = {static_cast<int32_t>(priority), time(), time()},
                       .entry = {.single = i / 3, .turn = i % 3}});
  }
  return entries;
}

std::vector<QueueEntry> EntriesOf(const std::vector<KeyedEntry>& queue) {
  std::vector<QueueEntry> entries;
  for (const KeyedEntry& keyed : queue) entries.push_back(keyed.entry);
  return entries;
}

// Times and priorities that fit a word, that do not, and that mostly tie.
TEST(QueueOrderTest, SortsAsComparingWould) {
  const uint64_t all_times = static_cast<uint64_t>(kMaxTime.micros - kMinTime.micros);
  const Spread spreads[] = {{.entries = 0},
                            {.entries = 5'000},
                            {.times = 4, .entries = 5'000},
                            {.priorities = 3, .times = 1'000, .entries = 255},
                            {.priorities = 3, .times = 1'000, .entries = 5'000},
                            {.priorities = 70, .times = all_times, .entries = 5'000},
                            {.priorities = uint64_t{1} << 32, .times = 9, .entries = 5'000},
                            {.priorities = uint64_t{1} << 31, .times = all_times, .entries = 300}};
  std::mt19937_64 random(7);
  for (const Spread& spread : spreads) {
    SCOPED_TRACE(testing::Message() << "seed 7, " << spread.priorities << " priorities, "
                                    << spread.times << " times, " << spread.entries);
    std::vector<KeyedEntry> queue = RandomQueue(spread, random);
    std::vector<KeyedEntry> want = queue;
    std::sort(want.begin(), want.end());
    SortQueue(queue);
    EXPECT_EQ(EntriesOf(queue), EntriesOf(want));
  }
}

TEST(QueueOrderTest, WhatAWordCannotTellApartIsCompared) {
  std::vector<KeyedEntry> queue(400);
  for (uint32_t i = 0; i < queue.size(); ++i) {  // A microsecond apart, in a range of 10,000 years.
    queue[i] = {.key = {0, Time{-int64_t{i}}, Time{0}}, .entry = {.single = i}};
  }
  queue[0].key.since = kMaxTime;
  queue[1].key.since = kMinTime;
  std::vector<KeyedEntry> want = queue;
  std::sort(want.begin(), want.end());
  SortQueue(queue);
  EXPECT_EQ(EntriesOf(queue), EntriesOf(want));
}

TEST(QueueOrderTest, PartsDoNotShow) {
  std::mt19937_64 random(8);
  std::vector<KeyedEntry> whole = RandomQueue({2, 50, 900}, random);
  std::vector<std::vector<KeyedEntry>> parts = {
      {whole.begin(), whole.begin() + 300}, {}, {whole.begin() + 300, whole.end()}};
  SortQueue(whole);
  for (std::vector<KeyedEntry>& part : parts) SortQueue(part);
  for (int threads : {1, 2, 7}) {
    ThreadPool pool(threads);
    EXPECT_EQ(MergeQueues(parts, pool), EntriesOf(whole)) << threads;
  }
}

}  // namespace
}  // namespace seatwise
