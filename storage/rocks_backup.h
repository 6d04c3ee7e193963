// Backups of a store in RocksDB: a folder holds several, which share the tables they have in
// common.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "storage/rocks_store_options.h"

namespace seatwise {

// As Store::Backup. `env`: what the database uses.
absl::Status BackUp(rocksdb::DB& db, rocksdb::Env* env, const std::string& folder);

// Reads every file of the newest backup in the folder against its checksum. DATA_LOSS if one is
// damaged, NOT_FOUND if there is none.
absl::Status VerifyBackup(const std::string& backups);

// Makes a store at the path of the options, at which nothing may be, from the newest backup in the
// folder. It gets a generation of its own, since the store that was backed up may have gone on.
// FAILED_PRECONDITION if something is there; errors of VerifyBackup and of OpenRocksStore.
absl::Status RestoreBackup(const std::string& backups, const RocksStoreOptions& options);

}  // namespace seatwise
