// A Snapshot of a store in RocksDB.
#pragma once

#include <memory>

#include "rocksdb/db.h"
#include "storage/store.h"

namespace seatwise {

// Everything that was written to `db` so far. Must not outlive the database.
std::shared_ptr<const Snapshot> TakeRocksSnapshot(rocksdb::DB& db);

}  // namespace seatwise
