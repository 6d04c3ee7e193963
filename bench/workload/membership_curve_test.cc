#include "bench/workload/membership_curve.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

std::vector<uint32_t> Draw(const MembershipCurve& curve, size_t users) {
  Random random(9, Stream::kJoins, 0);
  std::vector<uint32_t> counts(users);
  for (uint32_t& count : counts) count = curve.Pick(random);
  std::sort(counts.begin(), counts.end());
  return counts;
}

TEST(MembershipCurveTest, AMeanOfTenHasMedianEightAndTailTwoHundred) {
  const std::vector<uint32_t> counts =
      Draw(MembershipCurve(10'000'000, 1'000'000, 1000), 1'000'000);
  const double sum = std::accumulate(counts.begin(), counts.end(), 0.0);
  EXPECT_NEAR(sum / 10'000'000, 1.0, 0.005);
  EXPECT_EQ(counts[500'000], 8u);
  EXPECT_GT(counts.back(), 150u);
  EXPECT_LE(counts.back(), 201u);
  EXPECT_GE(counts.front(), 1u);
}

TEST(MembershipCurveTest, NobodyHasMoreThanTheLimit) {
  const std::vector<uint32_t> counts = Draw(MembershipCurve(100'000, 10'000, 25), 10'000);
  EXPECT_EQ(counts.back(), 25u);
}

}  // namespace
}  // namespace seatwise::workload
