#include "storage/posting_block.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

std::vector<Posting> RandomPostings(std::mt19937_64& random, PostingKind kind) {
  std::vector<Posting> postings(random() % 40);
  for (Posting& posting : postings) {
    posting.number = static_cast<uint32_t>(random() >> (32 + random() % 32));
    if (kind == PostingKind::kWithoutTimes) continue;
    posting.added_at = Time{static_cast<int64_t>(random()) >> (random() % 64)};
  }
  const auto less = [](const Posting& a, const Posting& b) { return a.number < b.number; };
  const auto same = [](const Posting& a, const Posting& b) { return a.number == b.number; };
  std::sort(postings.begin(), postings.end(), less);
  postings.erase(std::unique(postings.begin(), postings.end(), same), postings.end());
  return postings;
}

TEST(PostingBlockTest, EveryBlockComesBackAndIsAsLongAsPromised) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 5'000; ++i) {
    for (const PostingKind kind : {PostingKind::kWithTimes, PostingKind::kWithoutTimes}) {
      const std::vector<Posting> postings = RandomPostings(random, kind);
      const std::string value = EncodePostings(postings, kind);
      ASSERT_EQ(*DecodePostings(value, kind), postings);
      ASSERT_EQ(value.size(), EncodedBytes(postings, kind) + 1);
    }
  }
}

TEST(PostingBlockTest, TheLastNumberAndTheEndsOfTimeFit) {
  const std::vector<Posting> ends = {{0, Time{INT64_MIN}}, {UINT32_MAX, Time{INT64_MAX}}};
  EXPECT_EQ(*DecodePostings(EncodePostings(ends, PostingKind::kWithTimes), PostingKind::kWithTimes),
            ends);
}

TEST(PostingBlockTest, NeighboursAddedTogetherTakeTwoBytes) {
  std::vector<Posting> postings(1000);
  for (uint32_t i = 0; i < 1000; ++i) postings[i] = {i, Time{1'700'000'000'000'000}};
  EXPECT_LT(EncodedBytes(postings, PostingKind::kWithTimes), 2020u);
}

TEST(PostingBlockTest, ADamagedBlockIsDataLoss) {
  const std::string good = EncodePostings({{3, Time{7}}, {9, Time{8}}}, PostingKind::kWithTimes);
  for (size_t size = 1; size < good.size(); ++size) {
    EXPECT_EQ(DecodePostings(good.substr(0, size), PostingKind::kWithTimes).status().code(),
              absl::StatusCode::kDataLoss)
        << size;
  }
  for (const std::string& content : {good.substr(1) + "x", std::string("\xff\xff\xff\xff\x0f"),
                                     std::string("\x01\xff\xff\xff\xff\x1f\x00", 7),
                                     std::string("\x02\xff\xff\xff\xff\x0f\x00\x00\x00", 9)}) {
    EXPECT_EQ(DecodePostings(Framed(content), PostingKind::kWithTimes).status().code(),
              absl::StatusCode::kDataLoss);
  }
}

}  // namespace
}  // namespace seatwise
