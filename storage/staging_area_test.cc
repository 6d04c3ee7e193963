#include "storage/staging_area.h"

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "storage/store.h"

namespace seatwise {
namespace {

class StagingAreaTest : public ::testing::Test {
 protected:
  std::vector<std::string> Chunks(absl::string_view id, uint32_t begin, uint32_t end) {
    std::vector<std::string> chunks;
    EXPECT_TRUE(area_
                    .ForEachChunk(id, begin, end,
                                  [&](absl::string_view bytes) {
                                    chunks.emplace_back(bytes);
                                    return absl::OkStatus();
                                  })
                    .ok());
    return chunks;
  }

  std::vector<std::string> Chunks(absl::string_view id) {
    return Chunks(id, 0, area_.Find(id)->next_chunk);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Owner owner_ = *store_->OpenTenant(TenantNumber{1});
  StagingArea area_{*store_, owner_};
};

TEST_F(StagingAreaTest, ChunksComeBackInOrderAndAgainIsHarmless) {
  ASSERT_TRUE(area_.Create("i", Time{9}, "note").ok());
  for (const uint32_t number : {0u, 1u, 1u, 0u, 2u}) {
    const auto ticket = area_.AppendChunk("i", number, "chunk" + std::to_string(number),
                                          "note" + std::to_string(number));
    ASSERT_TRUE(ticket.ok()) << ticket.status();
    EXPECT_TRUE(store_->AwaitDurable(*ticket).ok());
  }
  EXPECT_EQ(Chunks("i"), (std::vector<std::string>{"chunk0", "chunk1", "chunk2"}));
  EXPECT_EQ(area_.Find("i")->next_chunk, 3u);
  EXPECT_EQ(area_.Find("i")->note, "note2");
  EXPECT_EQ(area_.Find("i")->created_at, Time{9});
}

TEST_F(StagingAreaTest, AChunkThatComesTooEarlyIsRefusedAndTheNextOneNamed) {
  ASSERT_TRUE(area_.Create("i", Time{}, "").ok());
  const absl::Status status = area_.AppendChunk("i", 1, "", "").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(status.message().find("before chunk 0"), std::string::npos) << status;
  EXPECT_EQ(
      area_.AppendChunk("i", 0, std::string(kMaxStagedChunkBytes + 1, 'x'), "").status().code(),
      absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(area_.AppendChunk("j", 0, "", "").status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(area_.AppendChunk("i", 0, std::string(kMaxStagedChunkBytes, 'x'), "").ok());
}

TEST_F(StagingAreaTest, ImportsDoNotSeeEachOther) {
  ASSERT_TRUE(area_.Create("a", Time{}, "").ok());
  ASSERT_TRUE(area_.Create("ab", Time{}, "").ok());
  EXPECT_EQ(area_.Create("a", Time{}, "").status().code(), absl::StatusCode::kAlreadyExists);
  ASSERT_TRUE(area_.AppendChunk("a", 0, "x", "").ok());
  ASSERT_TRUE(area_.AppendChunk("ab", 0, "y", "").ok());
  EXPECT_EQ(area_.List()->size(), 2u);
  ASSERT_TRUE(area_.Drop("a").ok());
  ASSERT_TRUE(area_.Drop("a").ok());
  EXPECT_EQ(area_.Find("a").status().code(), absl::StatusCode::kNotFound);
  ASSERT_EQ(area_.List()->size(), 1u);
  EXPECT_EQ((*area_.List())[0].id, "ab");
  EXPECT_EQ(Chunks("ab"), std::vector<std::string>{"y"});
  ASSERT_TRUE(area_.Create("a", Time{}, "").ok());
  EXPECT_EQ(Chunks("a"), std::vector<std::string>{});
}

TEST_F(StagingAreaTest, APartIsVisitedUntilAVisitFails) {
  ASSERT_TRUE(area_.Create("i", Time{}, "").ok());
  for (const uint32_t number : {0u, 1u, 2u, 3u}) {
    ASSERT_TRUE(area_.AppendChunk("i", number, std::to_string(number), "").ok());
  }
  EXPECT_EQ(Chunks("i", 1, 3), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(Chunks("i", 4, 4), std::vector<std::string>{});
  const absl::Status stop = absl::CancelledError("stop");
  EXPECT_EQ(area_.ForEachChunk("i", 0, 4, [&](absl::string_view) { return stop; }), stop);
  EXPECT_EQ(
      area_.ForEachChunk("i", 3, 5, [](absl::string_view) { return absl::OkStatus(); }).code(),
      absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace seatwise
