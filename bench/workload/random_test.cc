#include "bench/workload/random.h"

#include <set>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

TEST(RandomTest, SameStreamGivesTheSameNumbers) {
  Random first(7, Stream::kPerson, 42);
  Random second(7, Stream::kPerson, 42);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(first.Next(), second.Next());
}

// The numbers themselves are the promise: tenants of a seed must not change with a compiler.
TEST(RandomTest, FirstNumbersAreFixed) {
  Random random(1, Stream::kPerson, 0);
  const uint64_t first = random.Next();
  const uint64_t second = random.Next();
  EXPECT_EQ(first, 11056351396293373046u);
  EXPECT_EQ(second, 4167599807657122563u);
}

TEST(RandomTest, SeedUseAndIndexEachGiveAnotherStream) {
  std::set<uint64_t> seen;
  for (uint64_t seed = 0; seed < 4; ++seed) {
    for (uint64_t index = 0; index < 1000; ++index) {
      seen.insert(Random(seed, Stream::kPerson, index).Next());
      seen.insert(Random(seed, Stream::kJoins, index).Next());
    }
  }
  EXPECT_EQ(seen.size(), 8000u);
}

TEST(RandomTest, BelowReachesEveryValueAboutEquallyOften) {
  Random random(3, Stream::kCatalog, 0);
  int counts[10] = {};
  for (int i = 0; i < 100'000; ++i) ++counts[random.Below(10)];
  for (int count : counts) EXPECT_NEAR(count, 10'000, 500);
}

TEST(RandomTest, ChanceIsInPartsPerMillion) {
  Random random(3, Stream::kCatalog, 1);
  int hits = 0;
  for (int i = 0; i < 100'000; ++i) hits += random.Chance(30'000);
  EXPECT_NEAR(hits, 3'000, 300);
}

}  // namespace
}  // namespace seatwise::workload
