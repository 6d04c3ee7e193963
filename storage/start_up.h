// How a store on disk is opened: look first, touch after the verdict.
//
//   1. FORMAT: is this a store, and of a format that we read?   LOCK: is it ours?
//   2. Open RocksDB read-only and strictly. If the log is damaged, read-only up to the damage.
//   3. Compare the ticket recovered with MARK. At or above it: at most a tail was lost that nobody
//      was promised. Below it, or of another generation: acknowledged writes are gone, so refuse.
//   4. Only then open for writing, in the mode that step 2 found to do.
//
// A store that is refused is left as it was found.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "storage/high_water_mark.h"
#include "storage/store_folder.h"

namespace seatwise {

// What a look at a store found; the store is as it was.
struct Findings {
  // What was recovered; both are 0 if not even the store's own keys are there.
  Mark recovered;
  // What was promised; an error says why that is not known.
  absl::StatusOr<Mark> mark;
  // OK, or how RocksDB puts why the log is not read to its end.
  absl::Status log;

  // Whether all that was acknowledged is there.
  bool complete() const {
    return mark.ok() && recovered.generation == mark->generation &&
           recovered.ticket >= mark->ticket;
  }
};

// Fails if there is no store that this program reads (codes as in rocks_store.h). The lock should
// be held.
absl::Status CheckIsStore(const StoreFolder& folder);

// Whether CreateStore may make a store in the folder.
absl::StatusOr<bool> IsRoomForStore(const StoreFolder& folder);

// Makes a new, empty store in a folder that is empty or in which a store was not finished.
absl::Status CreateStore(const StoreFolder& folder, const rocksdb::Options& options);

// Gives a database a mark, in itself and beside it, and makes the folder a store: the end of making
// one, in a folder that says CREATING.
absl::Status FinishStore(const StoreFolder& folder, rocksdb::DB& db, Mark mark);

// Says CREATING, and removes what an unfinished store left.
absl::Status BeginStore(const StoreFolder& folder);

// DATA_LOSS if there is more damage than a log that ends early; UNAVAILABLE if it cannot be read.
absl::StatusOr<Findings> LookAt(const StoreFolder& folder, const rocksdb::Options& options);

// OK if complete; else DATA_LOSS, with all that an operator needs to decide.
absl::Status Verdict(const StoreFolder& folder, const Findings& findings);

// Opens for writing what LookAt found.
absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenForWriting(const StoreFolder& folder,
                                                            rocksdb::Options options,
                                                            const Findings& findings);

// The generation and ticket in the database; 0 for what it does not have.
absl::StatusOr<Mark> RecoveredMark(rocksdb::DB& db);

// Writes generation and ticket, synced.
absl::Status WriteMark(rocksdb::DB& db, Mark mark);

}  // namespace seatwise
