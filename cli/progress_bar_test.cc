#include "cli/progress_bar.h"

#include <gtest/gtest.h>

#include "cli/text.h"

namespace seatwise::cli {
namespace {

TEST(FormatProgressTest, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(FormatProgress("read", WorkUnit::kBytes,
                           {.done = 512 << 20, .total = 1024 << 20, .seconds = 2}, 79),
            "read    [###############               ]  50 %        256 MiB/s  0:02 left");
  EXPECT_EQ(FormatProgress("write", WorkUnit::kUsers,
                           {.done = 10'000, .total = 1'000'000, .seconds = 1}, 79),
            "write   [                              ]   1 %   10,000 users/s  1:39 left");
  EXPECT_EQ(
      FormatProgress("fixes", WorkUnit::kCauses, {.done = 300, .total = 1'200, .seconds = 3}, 79),
      "fixes   [#######                       ]  25 %     100 causes/s  0:09 left");
}

TEST(FormatProgressTest, BeforeAnythingIsDoneThereIsNoRate) {
  EXPECT_EQ(FormatProgress("read", WorkUnit::kBytes, {.done = 0, .total = 10, .seconds = 1}, 40),
            "read    [                        ]   0 %");
  EXPECT_EQ(FormatProgress("read", WorkUnit::kBytes, {}, 40),
            "read    [                        ]   0 %");
}

TEST(FormatProgressTest, MoreThanAllIsAll) {
  const std::string line =
      FormatProgress("read", WorkUnit::kBytes, {.done = 12, .total = 10, .seconds = 0}, 40);
  EXPECT_EQ(line, "read    [########################] 100 %");
}

TEST(FormatProgressTest, NeverTakesMoreThanTheColumnsItHas) {
  for (size_t columns = 0; columns < 120; ++columns) {
    const std::string line = FormatProgress(
        "read", WorkUnit::kBytes, {.done = 5 << 20, .total = 10 << 20, .seconds = 3}, columns);
    EXPECT_LE(DisplayWidth(line), columns);
  }
}

}  // namespace
}  // namespace seatwise::cli
