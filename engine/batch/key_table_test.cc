#include "engine/batch/key_table.h"

#include <map>
#include <random>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

uint32_t Intern(KeyTable& table, uint64_t head, const std::vector<uint32_t>& words) {
  return table.Intern({.head = head, .words = words});
}

TEST(KeyTableTest, NumbersFollowTheFirstAppearance) {
  KeyTable table;
  EXPECT_EQ(Intern(table, 0, {5, 6}), 0u);
  EXPECT_EQ(Intern(table, 0, {}), 1u);
  EXPECT_EQ(Intern(table, 0, {5}), 2u);
  EXPECT_EQ(Intern(table, 0, {5, 6}), 0u);
  EXPECT_EQ(table.size(), 3u);
  EXPECT_THAT(table[0].words, ElementsAre(5, 6));
  EXPECT_TRUE(table[1].words.empty());
  EXPECT_EQ(table.times(0), 2u);
}

TEST(KeyTableTest, HeadsTellKeysApart) {
  KeyTable table;
  EXPECT_EQ(Intern(table, 1, {5}), 0u);
  EXPECT_EQ(Intern(table, uint64_t{1} << 32, {5}), 1u);
  EXPECT_EQ(Intern(table, 0, {5}), 2u);
  EXPECT_EQ(Intern(table, uint64_t{1} << 32, {5}), 1u);
  EXPECT_EQ(table[0].head, 1u);
  EXPECT_EQ(table[1].head, uint64_t{1} << 32);
}

// Words in another order have the same sum, and so the same hash, but are another key.
TEST(KeyTableTest, EqualHashesAreComparedInFull) {
  const std::vector<uint32_t> words{5, 6}, turned{6, 5};
  ASSERT_EQ(KeyTable::HashOf({.head = 1, .words = words}),
            KeyTable::HashOf({.head = 1, .words = turned}));
  KeyTable table;
  EXPECT_EQ(Intern(table, 1, words), 0u);
  EXPECT_EQ(Intern(table, 1, turned), 1u);
  EXPECT_EQ(Intern(table, 1, words), 0u);
}

TEST(KeyTableTest, AgreesWithAMapWhileItGrows) {
  std::mt19937 random(3);
  std::map<std::pair<uint64_t, std::vector<uint32_t>>, uint32_t> want;
  KeyTable table;
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t head = random() % 3;
    std::vector<uint32_t> words(random() % 5);
    for (uint32_t& word : words) word = random() % 7;
    const auto [it, is_new] = want.try_emplace({head, words}, want.size());
    const Key key{.head = head, .words = words};
    ASSERT_EQ(table.Find(key, KeyTable::HashOf(key)), is_new ? KeyTable::kNone : it->second);
    ASSERT_EQ(table.Intern(key), it->second);
    ASSERT_EQ(table[it->second], key);
  }
  EXPECT_EQ(table.size(), want.size());
}

}  // namespace
}  // namespace seatwise
