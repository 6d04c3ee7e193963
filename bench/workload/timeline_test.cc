#include "bench/workload/timeline.h"

#include <map>
#include <string>

#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

TEST(TimelineTest, SpellsTimesAsInterchangeFoldersWantThem) {
  EXPECT_EQ(SpellTime(0).view(), "2023-01-01T00:00:00Z");
  EXPECT_EQ(SpellTime(kTimelineSeconds - 1).view(), "2025-12-31T23:59:59Z");
  EXPECT_EQ(SpellTime((365 + 31 + 28) * kDaySeconds + 3661).view(), "2024-02-29T01:01:01Z");
  EXPECT_EQ(SpellTime(59, 7).view(), "2023-01-01T00:00:59.007Z");
}

TEST(TimelineTest, NothingHappensBeforeItCanOrAfterTheEnd) {
  Random random(1, Stream::kJoins, 0);
  for (uint32_t from : {0u, 12'345'678u, kTimelineSeconds - 1}) {
    for (int i = 0; i < 10'000; ++i) {
      const uint32_t time = PickTime(random, from);
      EXPECT_GE(time, from);
      EXPECT_LT(time, kTimelineSeconds);
    }
  }
}

TEST(TimelineTest, ManyTimesTie) {
  Random random(1, Stream::kJoins, 0);
  std::map<uint32_t, int> counts;
  for (int i = 0; i < 10'000; ++i) ++counts[PickTime(random, 0)];
  int tied = 0;
  for (const auto& [time, count] : counts) tied += count > 1 ? count : 0;
  EXPECT_GT(tied, 5'000);
  EXPECT_LT(tied, 8'000);
}

}  // namespace
}  // namespace seatwise::workload
