#include "engine/incremental/persistent_vector.h"

#include <atomic>
#include <cstddef>
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

// Versions each made from some other one, which are let go of in any order, given to any other one.
void RunBranches(uint32_t seed) {
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  using Vector = PersistentVector<Ref<Thing>>;
  std::vector<std::pair<Vector, std::vector<Ref<Thing>>>> versions(1);
  const uint32_t size = 1 + random() % 3000;
  for (uint32_t i = 0; i < size; ++i) {
    versions[0].second.push_back(Ref<Thing>::Make(i));
    versions[0].first.PushBack(versions[0].second.back());
  }
  const auto any = [&] { return random() % versions.size(); };
  for (int step = 0; step < 300; ++step) {
    auto next = versions[random() % 2 == 0 ? versions.size() - 1 : any()];
    for (uint32_t changes = random() % 3; changes > 0; --changes) {
      const uint32_t index = random() % static_cast<uint32_t>(next.second.size());
      next.second[index] = Ref<Thing>::Make(random());
      next.first.Set(index, next.second[index]);
    }
    versions.push_back(std::move(next));
    while (versions.size() > 1 + random() % 12) {
      const size_t gone = random() % 2 == 0 ? 0 : any();
      if (random() % 4 != 0) versions[gone].first.GiveTo(versions[any()].first);
      versions.erase(versions.begin() + static_cast<std::ptrdiff_t>(gone));
    }
  }
  for (const auto& [version, want] : versions) ExpectHolds(version, want);
}

TEST(PersistentVector, VersionsAreGivenToAnyOther) {
  for (uint32_t seed = 0; seed < 60; ++seed) RunBranches(seed);
  EXPECT_EQ(Thing::alive, 0);
}

// More often than the weight of a reference can be halved.
TEST(PersistentVector, OneVersionIsCopiedHundredsOfTimes) {
  PersistentVector<Ref<Thing>> base;
  for (uint32_t i = 0; i < 1000; ++i) base.PushBack(Ref<Thing>::Make(i));
  std::vector<PersistentVector<Ref<Thing>>> branches(300, base);
  for (uint32_t i = 0; i < 300; ++i) branches[i].Set(500, Ref<Thing>::Make(i));
  base = {};
  for (uint32_t i = 0; i < 300; i += 2) branches[i] = {};
  for (uint32_t i = 1; i < 300; i += 2) {
    EXPECT_EQ(branches[i][500]->value, i);
    EXPECT_EQ(branches[i][501]->value, 501u);
  }
  branches.clear();
  EXPECT_EQ(Thing::alive, 0);
}

// While some threads make versions of those at hand, one goes on from version to version.
TEST(PersistentVector, AVersionIsGivenToOneThatOthersCopy) {
  PersistentVector<Ref<Thing>> now;
  for (uint32_t i = 0; i < 2000; ++i) now.PushBack(Ref<Thing>::Make(i));
  for (uint32_t round = 0; round < 200; ++round) {
    PersistentVector<Ref<Thing>> next = now;
    next.Set(round, Ref<Thing>::Make(round));
    const auto branch = [](const PersistentVector<Ref<Thing>>& base, uint32_t index) {
      for (uint32_t i = 0; i < 20; ++i) {
        PersistentVector<Ref<Thing>> copy = base;
        copy.Set(index, Ref<Thing>::Make(i));
        EXPECT_EQ(copy[index]->value, i);
      }
    };
    std::thread one([&] { branch(next, round); });
    std::thread other([&] { branch(next, round + 1); });
    now.GiveTo(next);
    one.join();
    other.join();
    now = std::move(next);
  }
  for (uint32_t i = 0; i < 2000; ++i) ASSERT_EQ(now[i]->value, i);
  now = {};
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

TEST(PersistentVectorTest, AReaderAnswersInAnyOrder) {
  PersistentVector<uint32_t> vector;
  for (uint32_t i = 0; i < 1'000; ++i) vector.PushBack(7 * i);
  PersistentVector<uint32_t>::Reader reader(vector);
  for (uint32_t index : {0u, 1u, 31u, 32u, 31u, 999u, 0u, 500u, 501u}) {
    EXPECT_EQ(reader[index], 7 * index);
  }
  for (uint32_t i = 0; i < 1'000; ++i) EXPECT_EQ(reader[i], vector[i]);
}

}  // namespace
}  // namespace seatwise
