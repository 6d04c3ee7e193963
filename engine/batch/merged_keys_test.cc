#include "engine/batch/merged_keys.h"

#include <random>
#include <vector>

#include "base/thread_pool.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

TEST(MergedKeysTest, KeysKeepTheNumbersOfTheirFirstAppearance) {
  std::vector<KeyTable> tables(3);
  const std::vector<uint32_t> one{1}, two{2, 3}, three{4};
  tables[0].Intern({.head = 7, .words = one});
  tables[0].Intern({.head = 7, .words = two});
  tables[2].Intern({.head = 7, .words = three});
  tables[2].Intern({.head = 7, .words = two});
  tables[2].Intern({.head = 7, .words = two});
  ThreadPool pool(2);
  const MergedKeys merged(std::move(tables), pool);
  ASSERT_EQ(merged.size(), 3u);
  EXPECT_THAT(merged[1].words, ElementsAre(2, 3));
  EXPECT_THAT(merged[2].words, ElementsAre(4));
  EXPECT_EQ(merged.times(1), 3u);
  EXPECT_THAT(merged.NumbersOf(2), ElementsAre(2, 1));
}

// Ranges of one sequence, of any lengths, give what the whole sequence gives.
TEST(MergedKeysTest, TheSplitDoesNotShow) {
  std::mt19937 random(5);
  for (size_t parts : {1, 2, 3, 8}) {
    SCOPED_TRACE(testing::Message() << "seed 5, parts " << parts);
    KeyTable whole;
    std::vector<KeyTable> tables(parts);
    std::vector<std::vector<uint32_t>> own(parts), want(parts);
    for (size_t part = 0; part < parts; ++part) {
      for (size_t rest = random() % 3'000; rest > 0; --rest) {
        std::vector<uint32_t> words(random() % 4);
        for (uint32_t& word : words) word = random() % 12;
        const Key key{.head = random() % 2, .words = words};
        own[part].push_back(tables[part].Intern(key));
        want[part].push_back(whole.Intern(key));
      }
    }
    ThreadPool pool(static_cast<int>(parts));
    const MergedKeys merged(std::move(tables), pool);
    ASSERT_EQ(merged.size(), whole.size());
    for (uint32_t number = 0; number < whole.size(); ++number) {
      ASSERT_EQ(merged[number], whole[number]);
      ASSERT_EQ(merged.times(number), whole.times(number));
    }
    for (size_t part = 0; part < parts; ++part) {
      for (size_t i = 0; i < own[part].size(); ++i) {
        ASSERT_EQ(merged.NumbersOf(part)[own[part][i]], want[part][i]);
      }
    }
  }
}

}  // namespace
}  // namespace seatwise
