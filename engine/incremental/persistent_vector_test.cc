#include "engine/incremental/persistent_vector.h"

#include <atomic>
#include <cstdint>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "engine/incremental/ref.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// Counts how many of its kind there are.
struct Thing : RefCounted {
  static inline std::atomic<int> alive = 0;
  explicit Thing(uint32_t v) : value(v) { ++alive; }
  ~Thing() { --alive; }
  const uint32_t value;
};

template <typename T>
void ExpectHolds(const PersistentVector<T>& vector, const std::vector<T>& want) {
  ASSERT_EQ(vector.size(), want.size());
  for (uint32_t i = 0; i < want.size(); ++i) ASSERT_TRUE(vector[i] == want[i]) << i;
  uint32_t next = 0;
  vector.ForEach([&](uint32_t index, const T& value) {
    ASSERT_EQ(index, next++);
    ASSERT_TRUE(value == want[index]);
  });
  ASSERT_EQ(next, want.size());
}

template <typename T, typename MakeValue>
void RunRandomHistory(uint32_t seed, MakeValue make_value) {
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  PersistentVector<T> vector;
  std::vector<T> model;
  std::vector<std::pair<PersistentVector<T>, std::vector<T>>> versions;
  for (int step = 0; step < 400; ++step) {
    const uint32_t choice = random() % 16;
    if (choice == 0) {
      const uint32_t size = vector.size() + random() % (1u << seed % 12);
      vector.Resize(size);
      model.resize(size);
    } else if (choice < 6 || model.empty()) {
      const T value = make_value(random());
      vector.PushBack(value);
      model.push_back(value);
    } else if (choice < 15) {
      const uint32_t index = random() % static_cast<uint32_t>(model.size());
      model[index] = make_value(random());
      vector.Set(index, model[index]);
    } else {
      versions.emplace_back(vector, model);
    }
  }
  ExpectHolds(vector, model);
  for (const auto& [version, want] : versions) ExpectHolds(version, want);
}

TEST(PersistentVector, EveryVersionOfARandomHistoryStaysAsItWas) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    RunRandomHistory<uint32_t>(seed, [](uint64_t n) { return static_cast<uint32_t>(n); });
  }
}

TEST(PersistentVector, VersionsDifferWhereTheirValuesDo) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    PersistentVector<uint32_t> before;
    before.Resize(random() % (1u << seed % 14));
    PersistentVector<uint32_t> after = before;
    if (random() % 2 == 0) after.Resize(after.size() + random() % (1u << random() % 14));
    for (uint32_t i = random() % 50; i > 0 && !after.empty(); --i) {
      after.Set(random() % after.size(), random() % 3);
    }
    std::vector<std::vector<uint32_t>> want;
    for (uint32_t i = 0; i < after.size(); ++i) {
      const uint32_t was = i < before.size() ? before[i] : 0;
      if (was != after[i]) want.push_back({i, was, after[i]});
    }
    std::vector<std::vector<uint32_t>> seen;
    after.ForEachDifference(before, [&](uint32_t index, uint32_t was, uint32_t is) {
      seen.push_back({index, was, is});
    });
    ASSERT_EQ(seen, want) << "seed " << seed;
    seen.clear();
    before.ForEachDifference(after, [&](uint32_t index, uint32_t is, uint32_t was) {
      seen.push_back({index, was, is});
    });
    ASSERT_EQ(seen, want) << "seed " << seed << ", backwards";
  }
}

TEST(PersistentVector, ValuesThatAreSharedAreGoneWithTheLastVersion) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    RunRandomHistory<Ref<Thing>>(
        seed, [](uint64_t n) { return Ref<Thing>::Make(static_cast<uint32_t>(n)); });
  }
  EXPECT_EQ(Thing::alive, 0);
}

TEST(PersistentVector, WhatOneVersionOwnsAloneIsChangedInPlace) {
  PersistentVector<uint32_t> vector;
  vector.Resize(100000);
  const uint32_t* place = &vector[4711];
  vector.Set(4711, 1);
  EXPECT_EQ(&vector[4711], place);
  {
    const PersistentVector<uint32_t> other = vector;
    vector.Set(4711, 2);
    EXPECT_NE(&vector[4711], place);
    EXPECT_EQ(other[4711], 1u);
    EXPECT_EQ(&vector[90000], &other[90000]) << "far leaves stay shared";
  }
  place = &vector[4711];
  vector.Set(4711, 3);
  EXPECT_EQ(&vector[4711], place) << "the other version is gone";
}

TEST(PersistentVector, AMillionValuesAreDroppedOnAnotherThread) {
  PersistentVector<Ref<Thing>> vector;
  for (uint32_t i = 0; i < 1000000; ++i) vector.PushBack(Ref<Thing>::Make(i));
  EXPECT_EQ(vector[999999]->value, 999999u);
  PersistentVector<Ref<Thing>> other = vector;
  for (uint32_t i = 0; i < 1000; ++i) vector.Set(i * 1000, Ref<Thing>::Make(i));
  std::thread dropper([dropped = std::move(vector)]() mutable { dropped = {}; });
  for (uint32_t i = 0; i < 1000; ++i) other.Set(i * 999, Ref<Thing>());
  dropper.join();
  EXPECT_EQ(other[1000]->value, 1000u);
  EXPECT_EQ(other.size(), 1000000u);
  other = {};
  EXPECT_EQ(Thing::alive, 0);
}

TEST(Ref, SharesAndMovesOneObject) {
  {
    Ref<Thing> first = Ref<Thing>::Make(7u);
    EXPECT_TRUE(first->IsUnique());
    Ref<Thing> second = first;
    EXPECT_FALSE(first->IsUnique());
    EXPECT_TRUE(first == second);
    const Ref<Thing> third = std::move(first);
    EXPECT_FALSE(first);  // NOLINT: what a moved reference is, is tested.
    second = third;
    second = Ref<Thing>();
    EXPECT_TRUE(third->IsUnique());
    EXPECT_EQ(third->value, 7u);
    EXPECT_EQ(Thing::alive, 1);
  }
  EXPECT_EQ(Thing::alive, 0);
}

}  // namespace
}  // namespace seatwise
