#include "engine/incremental/persistent_tree.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

// A key of the size of a place in a queue.
struct WideKey {
  uint32_t value = 0;
  uint32_t ballast[9] = {};

  WideKey() = default;
  WideKey(uint32_t v) : value(v) {}  // NOLINT: the tests are written for numbers.
  operator uint32_t() const { return value; }
};

template <typename Key>
std::vector<uint32_t> Listed(const PersistentTree<Key>& tree) {
  std::vector<uint32_t> keys;
  tree.ForEach([&](const Key& key) { keys.push_back(key); });
  return keys;
}

template <typename Key>
class PersistentTreeTest : public testing::Test {};
using KeyTypes = testing::Types<uint32_t, WideKey>;
TYPED_TEST_SUITE(PersistentTreeTest, KeyTypes);

// That a tree holds exactly `want`, by every way to ask.
template <typename Key>
void ExpectHolds(const PersistentTree<Key>& tree, const std::set<uint32_t>& want) {
  ASSERT_EQ(tree.size(), want.size());
  ASSERT_EQ(Listed(tree), std::vector<uint32_t>(want.begin(), want.end()));
  uint32_t rank = 0;
  for (uint32_t key : want) {
    ASSERT_EQ(tree.Rank(key), rank);
    ASSERT_EQ(tree.Select(rank), key);
    ASSERT_TRUE(tree.Contains(key));
    ASSERT_EQ(tree.Rank(key + 1), rank + 1);
    ++rank;
  }
  if (!want.empty()) {
    ASSERT_EQ(tree.First(), *want.begin());
  }
}

TYPED_TEST(PersistentTreeTest, EveryVersionOfARandomHistoryStaysAsItWas) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    const uint32_t space = 1u << (3 + seed % 10);
    // Phases of growth and of shrinking, so that nodes split and unite.
    PersistentTree<TypeParam> tree;
    std::set<uint32_t> model;
    std::vector<std::pair<PersistentTree<TypeParam>, std::set<uint32_t>>> versions;
    for (uint32_t step = 0; step < 4 * space; ++step) {
      const uint32_t key = random() % space * 2;
      const bool grows = step / space % 2 == 0;
      if (random() % 8 < (grows ? 7u : 1u)) {
        ASSERT_EQ(tree.Insert(key), model.insert(key).second);
      } else {
        ASSERT_EQ(tree.Erase(key), model.erase(key) == 1);
      }
      if (random() % (space / 4) == 0) versions.emplace_back(tree, model);
    }
    ExpectHolds(tree, model);
    for (const auto& [version, want] : versions) ExpectHolds(version, want);
    while (!model.empty()) {
      ASSERT_TRUE(tree.Erase(*model.begin()));
      model.erase(model.begin());
    }
    ExpectHolds(tree, model);
  }
}

TYPED_TEST(PersistentTreeTest, BuildSortedHoldsWhatItIsGiven) {
  for (uint32_t size : {0, 1, 2, 9, 83, 84, 85, 96, 97, 1000, 30000}) {
    std::vector<TypeParam> keys;
    std::set<uint32_t> want;
    for (uint32_t i = 0; i < size; ++i) {
      keys.push_back(i * 3);
      want.insert(i * 3);
    }
    PersistentTree<TypeParam> tree = PersistentTree<TypeParam>::BuildSorted(keys);
    ExpectHolds(tree, want);
    for (uint32_t i = 0; i < size; i += 7) {
      EXPECT_TRUE(tree.Insert(i * 3 + 1));
      EXPECT_FALSE(tree.Insert(i * 3));
      EXPECT_TRUE(tree.Erase(i * 3));
      want.insert(i * 3 + 1);
      want.erase(i * 3);
    }
    ExpectHolds(tree, want);
  }
}

TYPED_TEST(PersistentTreeTest, IterationStartsAtAKeyAndStopsWhenTold) {
  std::vector<TypeParam> keys;
  for (uint32_t i = 0; i < 5000; ++i) keys.push_back(i * 2);
  const auto tree = PersistentTree<TypeParam>::BuildSorted(keys);
  for (uint32_t start : {0u, 1u, 2u, 777u, 4444u, 9997u, 9998u, 9999u}) {
    std::vector<uint32_t> seen;
    tree.ForEachFrom(start, [&](const TypeParam& key) {
      seen.push_back(key);
      return seen.size() < 100;
    });
    std::vector<uint32_t> want;
    for (uint32_t key = (start + 1) / 2 * 2; key < 10000 && want.size() < 100; key += 2) {
      want.push_back(key);
    }
    EXPECT_EQ(seen, want) << start;
  }
}

TEST(PersistentTree, TheOrderMayLookThingsUpAndSeesOnlyKeysThatAreThere) {
  // Keys are positions in a table of names, some of which are gone.
  std::vector<std::string> names;
  for (int i = 0; i < 3000; ++i) names.push_back(std::to_string(i * 7919 % 3000));
  const auto less = [&](uint32_t a, uint32_t b) {
    EXPECT_NE(names[a], "gone");
    EXPECT_NE(names[b], "gone");
    return names[a] < names[b];
  };
  PersistentTree<uint32_t> tree;
  for (uint32_t i = 0; i < 3000; ++i) EXPECT_TRUE(tree.Insert(i, less));
  for (uint32_t i = 0; i < 3000; i += 2) {
    EXPECT_TRUE(tree.Erase(i, less));
    names[i] = "gone";
  }
  const auto less_than_name = [&](uint32_t key, const std::string& name) {
    return names[key] < name;
  };
  std::vector<uint32_t> want(1500);
  for (uint32_t i = 0; i < 1500; ++i) want[i] = 2 * i + 1;
  std::sort(want.begin(), want.end(), less);
  EXPECT_EQ(Listed(tree), want);
  for (uint32_t rank = 0; rank < 1500; ++rank) {
    EXPECT_EQ(tree.Rank(names[want[rank]], less_than_name), rank);
  }
}

TEST(PersistentTree, WhatOneVersionOwnsAloneIsChangedInPlace) {
  std::vector<uint32_t> keys(5000);
  std::iota(keys.begin(), keys.end(), 0);
  auto tree = PersistentTree<uint32_t>::BuildSorted(keys);
  const uint32_t* place = &tree.Select(40);
  EXPECT_TRUE(tree.Erase(41));
  EXPECT_EQ(&tree.Select(40), place) << "nobody else has the tree";
  {
    const PersistentTree<uint32_t> other = tree;
    EXPECT_TRUE(tree.Erase(42));
    EXPECT_NE(&tree.Select(40), place) << "the leaf is shared";
    EXPECT_EQ(&other.Select(40), place);
    EXPECT_EQ(&tree.Select(4000), &other.Select(4001)) << "far leaves stay shared";
  }
  place = &tree.Select(40);
  EXPECT_TRUE(tree.Erase(43));
  EXPECT_EQ(&tree.Select(40), place) << "the other version is gone";
}

TEST(PersistentTree, VersionsAreDroppedAndReadOnOtherThreads) {
  std::vector<uint32_t> keys(200000);
  std::iota(keys.begin(), keys.end(), 0);
  auto tree = PersistentTree<uint32_t>::BuildSorted(keys);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([version = tree]() mutable {
      const uint32_t size = version.size();
      for (uint32_t key = 0; key < 1000; ++key) version.Erase(key * 200);
      EXPECT_EQ(version.Rank(uint32_t{200000}), version.size());
      EXPECT_LE(version.size(), size);
      version = {};
    });
    for (uint32_t key = 0; key < 100; ++key) tree.Erase(key * 1999 + static_cast<uint32_t>(i));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(tree.size(), 200000u - 800u);
  EXPECT_EQ(Listed(tree).size(), tree.size());
}

}  // namespace
}  // namespace seatwise
