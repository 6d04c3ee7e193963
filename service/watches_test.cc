#include "service/watches.h"

#include <chrono>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

RevisionEvent Event(uint64_t revision, size_t users = 0) {
  LicenseDelta delta;
  if (users > 0) {
    delta.runs.push_back({.sku = SkuId("e3"),
                          .after = LicenseValue{.state = LicenseState::kActive},
                          .users = std::vector<uint32_t>(users)});
  }
  return {revision, Time{}, std::make_shared<const LicenseDelta>(std::move(delta))};
}

Deadline Soon() { return Deadline::After(std::chrono::milliseconds(1)); }
Deadline Late() { return Deadline::After(std::chrono::seconds(30)); }

uint64_t RevisionOf(const Watches::Answer& answer) {
  const auto* event = std::get_if<RevisionEvent>(&answer);
  return event == nullptr ? 0 : event->revision;
}

TEST(WatchesTest, EachRevisionComesAfterTheOneBefore) {
  Watches watches(7, 1 << 20);
  watches.Publish(Event(8));
  watches.Publish(Event(9));
  EXPECT_EQ(RevisionOf(watches.After(7, Soon())), 8u);
  EXPECT_EQ(RevisionOf(watches.After(8, Soon())), 9u);
  EXPECT_TRUE(std::holds_alternative<Watches::Quiet>(watches.After(9, Soon())));
  EXPECT_EQ(watches.newest(), 9u);
}

TEST(WatchesTest, WhatCameBeforeTheLoadIsLeftToTheJournal) {
  Watches watches(7, 1 << 20);
  EXPECT_TRUE(std::holds_alternative<Watches::Behind>(watches.After(6, Soon())));
  EXPECT_TRUE(std::holds_alternative<Watches::Quiet>(watches.After(7, Soon())));
}

TEST(WatchesTest, OldEventsMakeRoomAndTheNewestStays) {
  Watches watches(0, 10'000);
  watches.Publish(Event(1, 1'000));
  watches.Publish(Event(2, 1'000));
  watches.Publish(Event(3, 1'000));
  EXPECT_TRUE(std::holds_alternative<Watches::Behind>(watches.After(0, Soon())));
  EXPECT_EQ(RevisionOf(watches.After(1, Soon())), 2u);
  watches.Publish(Event(4, 1'000'000));
  EXPECT_TRUE(std::holds_alternative<Watches::Behind>(watches.After(2, Soon())));
  EXPECT_EQ(RevisionOf(watches.After(3, Soon())), 4u);
}

TEST(WatchesTest, AWaiterIsWokenByTheNextRevision) {
  Watches watches(0, 1 << 20);
  std::thread writer([&] { watches.Publish(Event(1)); });
  EXPECT_EQ(RevisionOf(watches.After(0, Late())), 1u);
  writer.join();
}

TEST(WatchesTest, ClosingEndsAllWaiting) {
  Watches watches(0, 1 << 20);
  std::thread closer([&] { watches.Close(absl::UnavailableError("draining")); });
  const Watches::Answer answer = watches.After(0, Late());
  closer.join();
  ASSERT_TRUE(std::holds_alternative<absl::Status>(answer));
  EXPECT_EQ(std::get<absl::Status>(answer).message(), "draining");
  EXPECT_TRUE(std::holds_alternative<absl::Status>(watches.After(0, Late())));
}

TEST(WatchesTest, ManyWatchersSeeEveryRevisionOnceAndInOrder) {
  constexpr uint64_t kRevisions = 2'000;
  Watches watches(0, 1 << 20);
  std::vector<std::thread> watchers;
  for (int i = 0; i < 4; ++i) {
    watchers.emplace_back([&] {
      for (uint64_t seen = 0; seen < kRevisions; ++seen) {
        ASSERT_EQ(RevisionOf(watches.After(seen, Late())), seen + 1);
      }
    });
  }
  for (uint64_t revision = 1; revision <= kRevisions; ++revision) watches.Publish(Event(revision));
  for (std::thread& watcher : watchers) watcher.join();
}

}  // namespace
}  // namespace seatwise
