#include "engine/model/plan_bits.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

TEST(PlanBitsTest, SetsReachBeyondAnyWord) {
  PlanRows rows(PlanWords(1'100), 2);
  for (uint32_t plan : {0u, 63u, 64u, 127u, 128u, 1'024u, 1'099u}) Insert(rows.Mutable(0), plan);
  std::vector<uint32_t> plans;
  ForEachPlan(rows[0], [&](uint32_t plan) { plans.push_back(plan); });
  EXPECT_THAT(plans, ElementsAre(0, 63, 64, 127, 128, 1'024, 1'099));
  EXPECT_TRUE(Contains(rows[0], 1'024));
  EXPECT_FALSE(Contains(rows[0], 1'025));
  EXPECT_TRUE(IsEmpty(rows[1]));
  EXPECT_FALSE(Intersects(rows[0], rows[1]));
  Insert(rows.Mutable(1), 1'099);
  EXPECT_TRUE(Intersects(rows[0], rows[1]));
}

TEST(PlanBitsTest, EveryWordCountsWhateverTheLength) {
  for (size_t words = 1; words <= 5; ++words) {
    for (uint32_t plan = 0; plan < words * 64; ++plan) {
      PlanRows rows(words, 3);
      Insert(rows.Mutable(0), plan);
      Insert(rows.Mutable(1), (plan + 1) % static_cast<uint32_t>(words * 64));
      EXPECT_TRUE(Intersects(rows[0], rows[0])) << plan << " of " << words;
      EXPECT_FALSE(Intersects(rows[0], rows[1])) << plan << " of " << words;
      UnionInto(rows.Mutable(2), rows[0]);
      EXPECT_EQ(rows[2], rows[0]) << plan << " of " << words;
      UnionInto(rows.Mutable(2), rows[1]);
      EXPECT_TRUE(Intersects(rows[2], rows[1])) << plan << " of " << words;
    }
  }
}

TEST(PlanBitsTest, EqualSetsGetOneNumber) {
  PlanSetTable table(1);
  const uint64_t a = 5;
  const uint64_t b = 6;
  EXPECT_EQ(table.Intern({&a, 1}), 0u);
  EXPECT_EQ(table.Intern({&b, 1}), 1u);
  EXPECT_EQ(table.Intern({&a, 1}), 0u);
  EXPECT_EQ(table.size(), 2u);
  EXPECT_THAT(table[1], ElementsAre(6));
}

}  // namespace
}  // namespace seatwise
