// RocksDB's errors in our words. Any thread.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/status.h"

namespace seatwise {

// OK, or "`what`: <RocksDB's text>" with the code that store.h gives to the cause: DATA_LOSS for
// damage, RESOURCE_EXHAUSTED for a full disk, NOT_FOUND, and UNAVAILABLE for everything else that
// the disk or RocksDB does not do.
absl::Status FromRocks(const rocksdb::Status& status, absl::string_view what);

}  // namespace seatwise
