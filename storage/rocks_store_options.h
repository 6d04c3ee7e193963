// Where a store in RocksDB lies, and what it may use.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace rocksdb {
class FileSystem;
}

namespace seatwise {

struct RocksStoreOptions {
  std::string path;
  // Make a new store if there is nothing at the path. Its parent folder must exist.
  bool create_if_missing = false;
  // The most that blocks read and writes not yet flushed may take together. At least 8 MiB is
  // sensible; the cache gets what the write buffers, at most half, do not use.
  int64_t memory_bytes = int64_t{256} << 20;
  // When the disk was full, how long to wait at least between attempts to go on.
  double seconds_between_resumes = 1;
  // How long an attempt may take until the store halts instead (resumer.h).
  double most_seconds_of_resume = 60;
  // For tests that fail or lose I/O; nullptr is the operating system's.
  std::shared_ptr<rocksdb::FileSystem> file_system;
};

}  // namespace seatwise
