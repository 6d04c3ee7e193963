#include "storage/journal_reader.h"

#include <memory>
#include <vector>

#include "gtest/gtest.h"
#include "storage/journal_builder.h"
#include "storage/memory_store.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

class JournalReaderTest : public ::testing::Test {
 protected:
  void Put(uint64_t revision, uint32_t chunk, absl::string_view value) {
    Batch batch;
    batch.Put(JournalKey(revision, chunk), value);
    ASSERT_TRUE(store_->Commit(owner_, batch, {}).ok());
  }
  void PutHead(uint64_t revision, uint32_t chunks) {
    storage::JournalRecord head;
    head.set_chunks(chunks);
    Put(revision, 0, EncodeMessage(head));
  }
  absl::Status Read(uint64_t from, uint64_t to) {
    read_.clear();
    return ForEachEntry(*store_->TakeSnapshot(), owner_.tenant, from, to,
                        [&](const RawEntry& entry) {
                          read_.push_back(entry.revision);
                          EXPECT_EQ(entry.chunks.size(), entry.head.chunks() + 1);
                          return true;
                        });
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Owner owner_ = *store_->OpenTenant(TenantNumber{1});
  std::vector<uint64_t> read_;
  const std::string chunk_ = EncodeMessage(storage::JournalChunkRecord());
};

TEST_F(JournalReaderTest, EntriesComeWithTheirChunks) {
  PutHead(1, 0);
  PutHead(2, 2);
  Put(2, 1, chunk_);
  Put(2, 2, chunk_);
  PutHead(300, 0);
  Put(301, 1, chunk_);
  EXPECT_TRUE(Read(1, 300).ok());
  EXPECT_EQ(read_, (std::vector<uint64_t>{1, 2, 300}));
  EXPECT_TRUE(Read(2, 2).ok());
  EXPECT_EQ(read_, (std::vector<uint64_t>{2}));
  EXPECT_EQ(ReadStagedChunks(*store_->TakeSnapshot(), owner_.tenant, 301)->size(), 1u);
  EXPECT_EQ(ReadStagedChunks(*store_->TakeSnapshot(), owner_.tenant, 302)->size(), 0u);
}

TEST_F(JournalReaderTest, AnEntryThatLacksChunksIsDataLoss) {
  PutHead(1, 2);
  Put(1, 1, chunk_);
  EXPECT_EQ(Read(1, 1).code(), absl::StatusCode::kDataLoss);
  PutHead(2, 0);
  EXPECT_EQ(Read(1, 2).code(), absl::StatusCode::kDataLoss);
  Put(2, 1, chunk_);
  EXPECT_EQ(Read(2, 2).code(), absl::StatusCode::kDataLoss) << "a chunk too many";
}

}  // namespace
}  // namespace seatwise
