// MARK: how far the order of appends was promised to callers, kept apart from the write-ahead log.
//
// RocksDB cannot tell an end of its log that was never promised (power went while it was written:
// harmless) from one that was promised and has been damaged since: both look like a log that ends
// early. The mark tells: what was recovered must reach it.
//
// It moves before a caller hears OK, so it is never ahead of what is durable, and never behind what
// was acknowledged unless power is lost: moving it is one write of 36 bytes into the page cache,
// and a sync only once a second. So after the death of the process it is exact; after a loss of
// power it may be as old as its last sync or the kernel's write-back, and damage to what was
// written after that, at the same time, is then taken for a torn tail. A sync for each move would
// double what a commit costs.
//
//   slot 0 at 0, slot 1 at 4096, written in turn:
//   "SWMARK1\n"  generation  ticket  turn  crc32c        (8 bytes each, crc32c 4; little endian)
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "storage/store_folder.h"

namespace seatwise {

struct Mark {
  uint64_t generation = 0;
  uint64_t ticket = 0;

  friend bool operator==(const Mark&, const Mark&) = default;
};

// One thread at a time.
class HighWaterMark {
 public:
  // Writes a new file, durably; an old one is replaced.
  static absl::Status Create(const StoreFolder& folder, Mark mark);

  // The newest mark in the file. DATA_LOSS if the file is absent or neither slot is intact.
  static absl::StatusOr<Mark> Read(const StoreFolder& folder);

  // Opens the file to move the mark on. The folder must outlive the result.
  static absl::StatusOr<std::unique_ptr<HighWaterMark>> Open(const StoreFolder& folder);

  // Moves the mark to a later ticket. Durable once a second, and with the next Sync.
  absl::Status MoveTo(uint64_t ticket);
  absl::Status Sync();

  Mark mark() const { return mark_; }

 private:
  HighWaterMark(std::unique_ptr<rocksdb::FSRandomRWFile> file, Mark mark, uint64_t turn)
      : file_(std::move(file)), mark_(mark), turn_(turn) {}

  std::unique_ptr<rocksdb::FSRandomRWFile> file_;
  Mark mark_;
  uint64_t turn_;  // Of the slot that was written last.
  Stopwatch since_sync_;
};

}  // namespace seatwise
