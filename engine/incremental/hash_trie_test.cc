#include "engine/incremental/hash_trie.h"

#include <algorithm>
#include <functional>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Model = std::set<HashedNumber>;

std::vector<uint32_t> NumbersOf(const HashTrie& trie, uint64_t hash) {
  std::vector<uint32_t> numbers;
  trie.ForEachOf(hash, [&](uint32_t number) {
    numbers.push_back(number);
    return true;
  });
  return numbers;
}

void ExpectHolds(const HashTrie& trie, const Model& model, const std::vector<uint64_t>& hashes) {
  ASSERT_EQ(trie.size(), model.size());
  for (uint64_t hash : hashes) {
    std::vector<uint32_t> want;
    for (auto it = model.lower_bound({hash, 0}); it != model.end() && it->hash == hash; ++it) {
      want.push_back(it->number);
    }
    ASSERT_EQ(NumbersOf(trie, hash), want) << hash;
  }
}

// Kinds of hashes: spread evenly, as they are; alike in their first bits, so that ways are long;
// and few, so that many entries share one.
using Draw = std::function<uint64_t(std::mt19937_64&)>;
const std::vector<Draw>& Draws() {
  static const auto& draws = *new std::vector<Draw>{
      [](std::mt19937_64& random) { return random(); },
      [](std::mt19937_64& random) { return random() % 4096; },
      [](std::mt19937_64& random) { return random() >> random() % 64; },
      [](std::mt19937_64& random) { return (random() % 3) << 62 | random() % 3; },
  };
  return draws;
}

// Grows to `most` entries and shrinks to nothing again, with versions kept from now and then.
void RunHistory(const Draw& draw, uint64_t seed, size_t most) {
  SCOPED_TRACE(testing::Message() << "seed " << seed << ", at most " << most);
  std::mt19937_64 random(seed);
  HashTrie trie;
  Model model;
  std::vector<uint64_t> hashes;
  std::vector<std::pair<HashTrie, Model>> versions;
  bool grows = true;
  while (grows || !model.empty()) {
    if (random() % 32 == 0) versions.emplace_back(trie, model);
    if (versions.size() > 8) versions.erase(versions.begin());
    if (random() % 8 < (grows ? 6u : 2u)) {
      const HashedNumber entry{draw(random), static_cast<uint32_t>(random() % 16)};
      hashes.push_back(entry.hash);
      ASSERT_EQ(trie.Insert(entry), model.insert(entry).second);
    } else {
      HashedNumber entry{draw(random), 0};
      const auto there = model.lower_bound(entry);
      if (there != model.end()) entry = *there;
      ASSERT_EQ(trie.Erase(entry), model.erase(entry) == 1);
    }
    grows = grows && model.size() < most;
    if (!grows && model.size() < 4 && random() % 2 == 0 && !model.empty()) {
      const HashedNumber last = *model.begin();
      ASSERT_TRUE(trie.Erase(last));
      model.erase(last);
    }
  }
  for (const auto& [version, want] : versions) ExpectHolds(version, want, hashes);
  ExpectHolds(trie, model, hashes);
}

TEST(HashTrieTest, EveryVersionOfARandomHistoryStaysAsItWas) {
  for (const Draw& draw : Draws()) {
    for (uint64_t seed = 0; seed < 20; ++seed) RunHistory(draw, seed, 8);
    for (uint64_t seed = 0; seed < 4; ++seed) RunHistory(draw, seed, 40);
  }
  RunHistory(Draws()[0], 1, 3'000);
  RunHistory(Draws()[1], 1, 1'500);
}

TEST(HashTrieTest, WhatIsThereIsNotInsertedAndWhatIsNotIsNotErased) {
  HashTrie trie;
  EXPECT_FALSE(trie.Erase({7, 1}));
  EXPECT_TRUE(trie.Insert({7, 1}));
  EXPECT_FALSE(trie.Insert({7, 1}));
  EXPECT_TRUE(trie.Insert({7, 0}));
  EXPECT_FALSE(trie.Erase({7, 2}));
  EXPECT_FALSE(trie.Erase({8, 1}));
  EXPECT_THAT(NumbersOf(trie, 7), ElementsAre(0, 1));
  EXPECT_THAT(NumbersOf(trie, 8), IsEmpty());
  EXPECT_EQ(trie.size(), 2u);
}

TEST(HashTrieTest, AVisitEndsWhenItIsToldTo) {
  HashTrie trie;
  for (uint32_t number = 0; number < 100; ++number) trie.Insert({7, number});
  std::vector<uint32_t> seen;
  trie.ForEachOf(7, [&](uint32_t number) {
    seen.push_back(number);
    return seen.size() < 2;
  });
  EXPECT_THAT(seen, ElementsAre(0, 1));
}

// Under ThreadSanitizer this says that copies share nothing that they change.
TEST(HashTrieTest, CopiesAreIndependentAcrossThreads) {
  std::mt19937_64 random(3);
  HashTrie trie;
  for (uint32_t i = 0; i < 500; ++i) trie.Insert({random(), i});
  const auto change = [](HashTrie mine, uint64_t seed) {
    std::mt19937_64 random(seed);
    for (uint32_t i = 0; i < 500; ++i) mine.Insert({random(), i});
    return mine.size();
  };
  std::thread other([&change, copy = trie] { EXPECT_EQ(change(copy, 4), 1'000u); });
  EXPECT_EQ(change(trie, 5), 1'000u);
  EXPECT_EQ(trie.size(), 500u);
  other.join();
}

}  // namespace
}  // namespace seatwise
