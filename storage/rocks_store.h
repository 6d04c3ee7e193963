// The Store that keeps its bytes in RocksDB, in a folder of its own (store_folder.h).
//
// How it starts, what it refuses, and how a loss is accepted is in docs/recovery.md; how damage
// is told from a torn tail, in start_up.h.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "storage/rocks_store_options.h"
#include "storage/store.h"

namespace seatwise {

// Opens the store at the path. One process, and one object in it, at a time. Errors:
//   NOT_FOUND            nothing is there, and create_if_missing is not set
//   FAILED_PRECONDITION  what is there is no store, or one of a newer format
//   UNAVAILABLE          another process has it open, or the disk does not answer
//   DATA_LOSS            acknowledged writes are missing, or files are damaged; nothing was
//                        changed: restore a backup, or see repair.h
absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options);

}  // namespace seatwise
