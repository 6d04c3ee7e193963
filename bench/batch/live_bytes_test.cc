#include "bench/batch/live_bytes.h"

#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(LiveBytesTest, ThePeakOutlivesTheBlocks) {
  const std::vector<char> before(1 << 22);
  WatchLiveBytes();
  {
    std::vector<char> block(1 << 20);
  }
  {
    std::vector<char> block(1 << 19);
  }
  const int64_t peak = StopWatchingLiveBytes();
  EXPECT_GE(peak, 1 << 20);
  EXPECT_LT(peak, 1 << 20 | 1 << 19);
}

}  // namespace
}  // namespace seatwise
