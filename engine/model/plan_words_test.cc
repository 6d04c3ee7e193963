#include "engine/model/plan_words.h"

#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(PlanWordsTest, SayWhatTheSetSays) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    const size_t words = 1 + random() % 17;
    PlanRows rows(words, 2);
    for (size_t row = 0; row < 2; ++row) {
      for (uint32_t plans = random() % 6; plans > 0; --plans) {
        Insert(rows.Mutable(row), random() % static_cast<uint32_t>(64 * words));
      }
    }
    std::vector<PlanWord> few;
    AppendWords(rows[0], few);
    EXPECT_EQ(Intersects(FewPlans(few), rows[0]), !IsEmpty(rows[0]));
    EXPECT_EQ(Intersects(FewPlans(few), rows[1]), Intersects(rows[0], rows[1]));
    std::vector<uint32_t> want;
    std::vector<uint32_t> seen;
    ForEachPlan(rows[0], [&](uint32_t plan) { want.push_back(plan); });
    ForEachPlan(FewPlans(few), [&](uint32_t plan) { seen.push_back(plan); });
    EXPECT_EQ(seen, want);
    for (const PlanWord& word : few) EXPECT_NE(word.bits, 0u);
  }
}

}  // namespace
}  // namespace seatwise
