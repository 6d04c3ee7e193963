#include "engine/incremental/hash_index.h"

#include <functional>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<uint32_t> GuessesOf(const HashIndex& index, uint64_t hash) {
  std::vector<uint32_t> numbers;
  index.ForEachOf(hash, [&](uint32_t number) {
    numbers.push_back(number);
    return true;
  });
  return numbers;
}

std::optional<uint32_t> GoDown(const HashIndex& index, uint64_t hash) {
  HashIndex::Descent way(index, hash);
  while (way.Down()) {
  }
  return way.Number();
}

using Model = std::map<uint32_t, uint64_t>;  // Hashes by number.

void ExpectHolds(const HashIndex& index, const Model& model) {
  ASSERT_EQ(index.size(), model.size());
  for (const auto& [number, hash] : model) {
    ASSERT_THAT(GuessesOf(index, hash), Contains(number)) << hash;
    ASSERT_TRUE(GoDown(index, hash).has_value()) << hash;
  }
}

// Kinds of hashes: spread evenly, as they are; all in one line; all in the last line, so that the
// next one is the first; few; alike in their tags.
using Draw = std::function<uint64_t(std::mt19937_64&)>;
const std::vector<Draw>& Draws() {
  static const auto& draws = *new std::vector<Draw>{
      [](std::mt19937_64& random) { return random(); },
      [](std::mt19937_64& random) { return random() >> 40; },
      [](std::mt19937_64& random) { return ~(random() >> 40); },
      [](std::mt19937_64& random) { return (random() % 3) << 62 | random() % 3; },
      [](std::mt19937_64& random) { return random() & ~uint64_t{0xffffffff}; },
  };
  return draws;
}

TEST(HashIndexTest, WhatItIsBuiltWithIsFound) {
  for (const Draw& draw : Draws()) {
    for (uint32_t size : {0, 1, 3, 4, 7, 8, 9, 100, 3'000}) {
      std::mt19937_64 random(size);
      Model model;
      std::vector<HashedNumber> entries;
      for (uint32_t number = 0; number < size; ++number) {
        entries.push_back({draw(random), number});
        model.emplace(number, entries.back().hash);
      }
      ExpectHolds(HashIndex(entries), model);
    }
  }
}

TEST(HashIndexTest, EveryVersionOfARandomHistoryStaysAsItWas) {
  for (const Draw& draw : Draws()) {
    std::mt19937_64 random(7);
    Model model;
    std::vector<HashedNumber> entries;
    uint32_t next = 0;
    for (; next < 100; ++next) entries.push_back({draw(random), next});
    for (const HashedNumber& entry : entries) model.emplace(entry.number, entry.hash);
    HashIndex index(entries);
    std::vector<std::pair<HashIndex, Model>> versions;
    for (int step = 0; step < 2'000; ++step) {
      if (step % 200 == 0) versions.emplace_back(index, model);
      if (random() % 2 == 0) {
        const HashedNumber entry{draw(random), next++};
        index.Insert(entry);
        model.emplace(entry.number, entry.hash);
      } else if (const auto gone = model.lower_bound(random() % next); gone != model.end()) {
        index.Erase({gone->second, gone->first});
        model.erase(gone);
      }
    }
    for (const auto& [version, want] : versions) ExpectHolds(version, want);
    ExpectHolds(index, model);
  }
}

TEST(HashIndexTest, GuessesAreFewWhereHashesAreSpreadEvenly) {
  std::mt19937_64 random(5);
  std::vector<HashedNumber> entries;
  for (uint32_t number = 0; number < 10'000; ++number) entries.push_back({random(), number});
  const HashIndex index(entries);
  for (const HashedNumber& entry : entries) {
    ASSERT_THAT(GuessesOf(index, entry.hash), ElementsAre(entry.number));
  }
  for (int i = 0; i < 10'000; ++i) ASSERT_THAT(GuessesOf(index, random()), IsEmpty());
}

TEST(HashIndexTest, AnEmptyPlaceIsNoGuess) {
  const HashIndex index(std::vector<HashedNumber>{{uint64_t{5} << 32 | 1, 3}});
  EXPECT_THAT(GuessesOf(index, uint64_t{5} << 32), IsEmpty());  // As tags are that stand nowhere.
  EXPECT_EQ(GoDown(index, 0), std::nullopt);
  EXPECT_EQ(GoDown(HashIndex(), 7), std::nullopt);
}

TEST(HashIndexTest, AVisitEndsWhenItIsToldTo) {
  HashIndex index(std::vector<HashedNumber>{{7, 1}, {7, 2}});
  index.Insert({7, 3});
  for (size_t most = 1; most <= 3; ++most) {
    std::vector<uint32_t> seen;
    index.ForEachOf(7, [&](uint32_t number) {
      seen.push_back(number);
      return seen.size() < most;
    });
    EXPECT_THAT(seen, SizeIs(most));
  }
}

}  // namespace
}  // namespace seatwise
