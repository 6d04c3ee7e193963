#include "bench/workload/weighted_picker.h"

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

std::vector<int> Draw(const WeightedPicker& picker, size_t size, int draws) {
  Random random(5, Stream::kStructure, 0);
  std::vector<int> counts(size);
  for (int i = 0; i < draws; ++i) ++counts.at(picker.Pick(random));
  return counts;
}

TEST(WeightedPickerTest, DrawsInProportionToTheWeights) {
  const std::vector<uint64_t> weights = {1, 0, 7, 2};
  const std::vector<int> counts = Draw(WeightedPicker(weights), 4, 100'000);
  EXPECT_NEAR(counts[0], 10'000, 600);
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 70'000, 1000);
  EXPECT_NEAR(counts[3], 20'000, 800);
}

TEST(WeightedPickerTest, OneNumberIsAlwaysDrawn) {
  EXPECT_EQ(Draw(WeightedPicker({3}), 1, 100), std::vector<int>{100});
}

TEST(ZipfWeightsTest, FallWithTheRankAsThePowerOfFiveFourths) {
  const std::vector<uint64_t> weights = ZipfWeights(100, 1);
  EXPECT_NEAR(static_cast<double>(weights[0]) / weights[15], 32.0, 0.001);  // 16^1.25
  EXPECT_NEAR(static_cast<double>(weights[0]) / weights[80], 243.0, 0.01);  // 81^1.25
}

}  // namespace
}  // namespace seatwise::workload
