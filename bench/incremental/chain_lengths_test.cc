#include "bench/incremental/chain_lengths.h"

#include <optional>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

ChainLengths Three() {
  ChainLengths chains;
  chains.Add(14, 150);  // 10 beyond 4, for 100 beyond 50: 10 each.
  chains.Add(0, 10);
  chains.Add(4, 50);
  chains.Add(1, 70);
  return chains;
}

TEST(ChainLengthsTest, ShortChangesHaveTheirMedian) {
  EXPECT_EQ(Three().MedianUpTo(4), 50);
  EXPECT_EQ(Three().MedianUpTo(0), 10);
  EXPECT_EQ(ChainLengths().MedianUpTo(4), std::nullopt);
}

TEST(ChainLengthsTest, AFurtherUserCostsWhatIsBeyondTheMedianOfShortChanges) {
  EXPECT_EQ(Three().MedianPerFurther(4), 10);
  EXPECT_EQ(Three().MedianPerFurther(14), std::nullopt) << "no longer change";
  ChainLengths only_long;
  only_long.Add(9, 1);
  EXPECT_EQ(only_long.MedianPerFurther(4), std::nullopt) << "no shorter change";
}

TEST(ChainLengthsTest, BarsEndAtPowersOfTwo) {
  ChainLengths chains;
  for (const uint64_t length : {0, 1, 2, 3, 4, 4, 5, 8, 17}) chains.Add(length, 1);
  EXPECT_EQ(chains.Histogram(), (std::vector<int64_t>{1, 1, 1, 3, 2, 0, 1}));
  const std::vector<std::string> names = {"0", "1", "2", "3-4", "5-8", "9-16", "17-32"};
  for (size_t bar = 0; bar < names.size(); ++bar) {
    EXPECT_EQ(ChainLengths::NameOfBar(bar), names[bar]);
  }
  EXPECT_TRUE(ChainLengths().Histogram().empty());
}

TEST(ChainLengthsTest, TheMedianIsTheMiddleOne) {
  EXPECT_EQ(MedianOf({3, 1, 2}), 2);
  EXPECT_EQ(MedianOf({4, 1}), 4);
  EXPECT_EQ(MedianOf({}), std::nullopt);
}

}  // namespace
}  // namespace seatwise
