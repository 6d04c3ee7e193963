#include "engine/incremental/seat_queue.h"

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/time.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// Users 0, 1, 2... have the ids "9", "8", "7"...
const std::function<absl::string_view(uint32_t)> kIdOf = [](uint32_t user) {
  return absl::string_view("9876543210").substr(user, 1);
};

QueuePlace At(uint32_t user, int64_t since, int32_t priority = 0, int64_t joined = 0) {
  return {.priority = priority, .user = user, .since = Time{since}, .joined = Time{joined}};
}

TEST(QueuePlaceTest, TheOrderIsThatOfTheQueue) {  // C5
  const PlaceOrder before(kIdOf);
  EXPECT_TRUE(before(At(0, 9, 1), At(1, 1, 0)));        // Priority, highest first.
  EXPECT_TRUE(before(At(0, 1, 0, 9), At(1, 2, 0, 1)));  // Then since.
  EXPECT_TRUE(before(At(0, 1, 0, 1), At(1, 1, 0, 2)));  // Then joined.
  EXPECT_TRUE(before(At(1, 1), At(0, 1)));              // Then the id, not the number.
  EXPECT_FALSE(before(At(0, 1), At(1, 1)));
  EXPECT_FALSE(before(At(0, 1), At(0, 1)));
}

SeatQueue Tracked(const std::vector<QueuePlace>& takes, const std::vector<QueuePlace>& denied) {
  const PlaceOrder order(kIdOf);
  SeatQueue queue;
  queue.tracked = true;
  for (const QueuePlace& place : takes) queue.takes.Insert(place, order);
  for (const QueuePlace& place : denied) queue.denied.Insert(place, order);
  return queue;
}

TEST(SeatQueueTest, ASeatIsLeftUntilTheLastOneIsTaken) {
  const PlaceOrder order(kIdOf);
  const SeatQueue queue = Tracked({At(0, 10), At(1, 20)}, {});
  EXPECT_TRUE(HasSeatAt(queue, 2, At(2, 15), order));
  EXPECT_FALSE(HasSeatAt(queue, 2, At(2, 25), order));
  EXPECT_TRUE(HasSeatAt(queue, 2, At(2, 20), order));  // "7" goes before "8".
  EXPECT_FALSE(HasSeatAt(queue, 1, At(2, 20), order));
  EXPECT_TRUE(HasSeatAt(queue, kUnlimited, At(2, 25), order));
}

TEST(SeatQueueTest, WhatIsNotTrackedHasSeatsForEverybody) {
  const PlaceOrder order(kIdOf);
  SeatQueue queue = Tracked({At(0, 10)}, {At(1, 20)});
  queue.tracked = false;
  EXPECT_TRUE(HasSeatAt(queue, 0, At(2, 15), order));
  EXPECT_EQ(FirstWrongPlace(queue, 0, order), std::nullopt);
}

TEST(SeatQueueTest, TheFirstWrongPlaceIsFound) {
  const PlaceOrder order(kIdOf);
  const auto first_wrong = [&](const std::vector<QueuePlace>& takes,
                               const std::vector<QueuePlace>& denied, int64_t capacity) {
    return FirstWrongPlace(Tracked(takes, denied), capacity, order);
  };
  const std::vector<QueuePlace> takes = {At(0, 10), At(1, 20)};
  EXPECT_EQ(first_wrong(takes, {At(2, 30)}, 2), std::nullopt);  // All is right.
  EXPECT_EQ(first_wrong(takes, {}, 1), At(1, 20));              // One take too many.
  EXPECT_EQ(first_wrong(takes, {At(2, 30)}, 3), At(2, 30));     // One seat left over.
  EXPECT_EQ(first_wrong(takes, {At(2, 15)}, 2), At(2, 15));     // Denied before a later take.
  EXPECT_EQ(first_wrong(takes, {At(2, 15)}, 1), At(1, 20));     // Denied rightly.
  EXPECT_EQ(first_wrong(takes, {At(2, 5)}, 1), At(2, 5));       // Both: the first counts.
  EXPECT_EQ(first_wrong(takes, {At(2, 5)}, 0), At(0, 10));
  EXPECT_EQ(first_wrong({}, {At(2, 5)}, 0), std::nullopt);
}

}  // namespace
}  // namespace seatwise
