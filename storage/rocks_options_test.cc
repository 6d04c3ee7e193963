#include "storage/rocks_options.h"

#include "gtest/gtest.h"
#include "rocksdb/table.h"
#include "rocksdb/write_buffer_manager.h"

namespace seatwise {
namespace {

rocksdb::Options Of(int64_t memory_bytes) {
  return MakeRocksOptions(rocksdb::Env::Default(), memory_bytes, nullptr);
}

TEST(RocksOptionsTest, WhatLosesOrHidesDamageIsOff) {
  const rocksdb::Options options = Of(256 << 20);
  EXPECT_EQ(options.wal_recovery_mode, rocksdb::WALRecoveryMode::kAbsoluteConsistency);
  EXPECT_FALSE(options.manual_wal_flush);
  EXPECT_EQ(options.wal_compression, rocksdb::kNoCompression);
  EXPECT_EQ(options.recycle_log_file_num, 0);
  EXPECT_TRUE(options.paranoid_checks);
  EXPECT_NE(options.file_checksum_gen_factory, nullptr);
}

TEST(RocksOptionsTest, WriteBuffersStayWithinHalfOfTheMemory) {
  for (const int64_t memory : {int64_t{1} << 20, int64_t{64} << 20, int64_t{4} << 30}) {
    const rocksdb::Options options = Of(memory);
    EXPECT_LE(static_cast<int64_t>(options.write_buffer_size) * options.max_write_buffer_number,
              memory / 2);
    EXPECT_EQ(static_cast<int64_t>(options.write_buffer_manager->buffer_size()), memory / 2);
    EXPECT_TRUE(options.write_buffer_manager->cost_to_cache());
  }
  EXPECT_EQ(Of(int64_t{4} << 30).write_buffer_size, 64 << 20);
}

}  // namespace
}  // namespace seatwise
