#include "storage/rocks_options.h"

#include <algorithm>
#include <utility>

#include "rocksdb/cache.h"
#include "rocksdb/file_checksum.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/table.h"
#include "rocksdb/write_buffer_manager.h"

namespace seatwise {
namespace {

constexpr int64_t kSmallestWriteBuffer = 64 << 10;  // RocksDB takes none smaller.
constexpr int64_t kLargestWriteBuffer = 64 << 20;

// One limit for everything: the write buffers are charged to the block cache.
void LimitMemory(rocksdb::Options& options, int64_t memory_bytes) {
  const auto cache = rocksdb::NewLRUCache(memory_bytes);
  options.write_buffer_manager =
      std::make_shared<rocksdb::WriteBufferManager>(memory_bytes / 2, cache);
  // Three that are being flushed and one that fills stay below the manager's half. A bulk load of
  // 150 MB then makes a few files of 64 MB, and not hundreds.
  options.write_buffer_size =
      std::clamp(memory_bytes / 8, kSmallestWriteBuffer, kLargestWriteBuffer);
  options.max_write_buffer_number = 4;

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  table.block_size = 16 << 10;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
}

// Damage is found, never passed on.
void BeStrict(rocksdb::Options& options) {
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kAbsoluteConsistency;
  options.paranoid_checks = true;
  // Without it a backup copies a damaged table without noticing.
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  // What to do after an error is decided in one place (store_condition.h), not in the background.
  options.max_bgerror_resume_count = 0;
}

}  // namespace

rocksdb::Options MakeRocksOptions(rocksdb::Env* env, int64_t memory_bytes,
                                  std::shared_ptr<rocksdb::EventListener> listener) {
  rocksdb::Options options;
  options.env = env;
  if (listener) options.listeners.push_back(std::move(listener));
  LimitMemory(options, memory_bytes);
  BeStrict(options);
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.level_compaction_dynamic_level_bytes = true;
  options.max_background_jobs = 2;
  options.max_open_files = 512;
  // Starts writing out what is appended without a sync, so that the sync at the end of a bulk load
  // does not find it all, with everybody else's commits waiting behind.
  options.wal_bytes_per_sync = 1 << 20;
  options.bytes_per_sync = 1 << 20;
  options.skip_stats_update_on_db_open = true;
  options.stats_dump_period_sec = 0;
  options.keep_log_file_num = 4;
  options.max_log_file_size = 8 << 20;
  return options;
}

}  // namespace seatwise
