#include "storage/group_commit.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(GroupCommitTest, OneSyncCoversEverythingAppendedBeforeIt) {
  std::vector<uint64_t> synced;
  GroupCommit group(0, [&synced](uint64_t ticket) {
    synced.push_back(ticket);
    return absl::OkStatus();
  });
  for (uint64_t ticket = 1; ticket <= 3; ++ticket) group.Appended(ticket);
  EXPECT_TRUE(group.Await(1).ok());
  EXPECT_TRUE(group.Await(3).ok());
  EXPECT_EQ(synced, (std::vector<uint64_t>{3}));
  group.Appended(4);
  EXPECT_TRUE(group.Await(2).ok());
  EXPECT_TRUE(group.Await(4).ok());
  EXPECT_EQ(synced, (std::vector<uint64_t>{3, 4}));
}

TEST(GroupCommitTest, WhatIsDurableAlreadyNeedsNoSync) {
  GroupCommit group(7, [](uint64_t) { return absl::InternalError("no sync is wanted"); });
  EXPECT_TRUE(group.Await(7).ok());
  group.Appended(9);
  group.Durable(9);
  EXPECT_TRUE(group.Await(9).ok());
  EXPECT_TRUE(group.Await(0).ok());
}

TEST(GroupCommitTest, AFailedSyncIsHeardAndTheNextOneMaySucceed) {
  int syncs = 0;
  GroupCommit group(0, [&syncs](uint64_t) {
    return ++syncs == 1 ? absl::UnavailableError("EIO") : absl::OkStatus();
  });
  group.Appended(1);
  EXPECT_EQ(group.Await(1).code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(group.Await(1).ok());
  EXPECT_EQ(syncs, 2);
}

TEST(GroupCommitTest, ATicketThatWasNeverGivenIsRefused) {
  GroupCommit group(3, [](uint64_t) { return absl::OkStatus(); });
  EXPECT_EQ(group.Await(4).code(), absl::StatusCode::kInvalidArgument);
}

// The sync of the first waiter goes on until all others have appended: then one more serves them.
TEST(GroupCommitTest, WaitersThatComeDuringASyncShareTheNext) {
  std::atomic<uint64_t> appended = 0;
  std::atomic<int> syncs = 0;
  constexpr uint64_t kWaiters = 8;
  GroupCommit group(0, [&](uint64_t) {
    ++syncs;
    while (appended < kWaiters) std::this_thread::yield();
    return absl::OkStatus();
  });
  Mutex order;
  std::vector<std::thread> threads;
  for (uint64_t i = 0; i < kWaiters; ++i) {
    threads.emplace_back([&] {
      uint64_t ticket = 0;
      {
        MutexLock lock(&order);
        ticket = appended + 1;
        group.Appended(ticket);
        appended = ticket;
      }
      EXPECT_TRUE(group.Await(ticket).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(syncs, 2);
}

// Writers, one of whom learns by other means that all is durable; every eighth sync fails.
TEST(GroupCommitTest, NobodyIsLeftWaiting) {
  constexpr int kWriters = 8;
  constexpr int kCommits = 3'000;
  std::atomic<uint64_t> syncs = 0;
  GroupCommit group(0, [&syncs](uint64_t) {
    return ++syncs % 8 == 0 ? absl::UnavailableError("EIO") : absl::OkStatus();
  });
  Mutex order;
  uint64_t last = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (int commit = 0; commit < kCommits; ++commit) {
        uint64_t ticket = 0;
        {
          MutexLock lock(&order);
          ticket = ++last;
          group.Appended(ticket);
        }
        if (writer == 0) group.Durable(ticket);
        while (!group.Await(ticket).ok()) {
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(group.Await(kWriters * kCommits).ok());
  EXPECT_GT(syncs, 0U);
}

}  // namespace
}  // namespace seatwise
