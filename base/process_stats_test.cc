#include "base/process_stats.h"

#include <cstring>
#include <memory>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(ProcessStatsTest, TouchedMemoryShowsInThePeak) {
  constexpr size_t kBytes = size_t{256} << 20;
  const std::unique_ptr<char[]> memory(new char[kBytes]);
  std::memset(memory.get(), 1, kBytes);
  EXPECT_EQ(memory[kBytes / 2], 1);
  EXPECT_GE(PeakResidentBytes(), static_cast<int64_t>(kBytes));
}

TEST(ProcessStatsTest, ThereIsAProcessor) { EXPECT_GE(AvailableProcessors(), 1); }

}  // namespace
}  // namespace seatwise
