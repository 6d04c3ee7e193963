#include "storage/head.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(HeadTest, AHeadComesBack) {
  Head head{
      .revision = 12, .commit_time = Time{-34}, .next = {.user = 5, .group = 6}, .rule_version = 7};
  for (size_t kind = 0; kind < head.counts.size(); ++kind) head.counts[kind] = 1000 * kind;
  EXPECT_EQ(*DecodeHead(EncodeHead(head)), head);
  EXPECT_EQ(*DecodeHead(EncodeHead(Head())), Head());
}

TEST(HeadTest, AHeadThatDoesNotCountEverythingIsDataLoss) {
  EXPECT_EQ(DecodeHead("\x01").status().code(), absl::StatusCode::kDataLoss);
  EXPECT_FALSE(DecodeHead("").ok());
}

}  // namespace
}  // namespace seatwise
