#include "engine/batch/key_table.h"

#include <map>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(KeyTableTest, NumbersFollowTheFirstAppearance) {
  KeyTable table;
  EXPECT_EQ(table.Intern({5, 6}), 0u);
  EXPECT_EQ(table.Intern({}), 1u);
  EXPECT_EQ(table.Intern({5}), 2u);
  EXPECT_EQ(table.Intern({5, 6}), 0u);
  EXPECT_EQ(table.size(), 3u);
  EXPECT_THAT(table[0], testing::ElementsAre(5, 6));
  EXPECT_TRUE(table[1].empty());
}

TEST(KeyTableTest, AgreesWithAMapWhileItGrows) {
  std::mt19937 random(3);
  std::map<std::vector<uint32_t>, uint32_t> want;
  KeyTable table;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<uint32_t> key(random() % 5);
    for (uint32_t& word : key) word = random() % 9;
    const auto [it, is_new] = want.try_emplace(key, want.size());
    ASSERT_EQ(table.Find(key, KeyTable::HashOf(key)), is_new ? KeyTable::kNone : it->second);
    ASSERT_EQ(table.Intern(key), it->second);
  }
  EXPECT_EQ(table.size(), want.size());
}

}  // namespace
}  // namespace seatwise
