#include "tests/histories/random_history.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace seatwise::histories {
namespace {

TEST(RandomHistoryTest, IsTheSameForTheSameSeed) {
  EXPECT_EQ(MakeHistory(7).history, MakeHistory(7).history);
  EXPECT_NE(MakeHistory(7).history, MakeHistory(8).history);
}

TEST(RandomHistoryTest, TheDoorLetsNearlyEverythingThrough) {
  size_t changes = 0;
  size_t refused = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const RandomHistory made = MakeHistory(seed);
    changes += made.changes;
    refused += made.refused;
  }
  EXPECT_GT(changes, 100 * 30u);
  EXPECT_LT(refused, changes / 20);
}

}  // namespace
}  // namespace seatwise::histories
