#include "storage/rocks_backup.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rocksdb/utilities/backup_engine.h"
#include "storage/format_file.h"
#include "storage/rocks_options.h"
#include "storage/rocks_status.h"
#include "storage/start_up.h"
#include "storage/store_folder.h"

namespace seatwise {
namespace {

using Backups = std::unique_ptr<rocksdb::BackupEngineReadOnly>;

absl::StatusOr<Backups> OpenBackups(const std::string& folder, rocksdb::Env* env) {
  rocksdb::BackupEngineReadOnly* engine = nullptr;
  const rocksdb::Status status =
      rocksdb::BackupEngineReadOnly::Open(env, rocksdb::BackupEngineOptions(folder), &engine);
  Backups owned(engine);
  SEATWISE_RETURN_IF_ERROR(FromRocks(status, absl::StrCat("opening backups in '", folder, "'")));
  return owned;
}

// The newest backup's number, checked.
absl::StatusOr<rocksdb::BackupID> Newest(const Backups& backups, const std::string& folder) {
  const std::string what = absl::StrCat("checking the newest backup in '", folder, "'");
  rocksdb::BackupInfo newest;
  SEATWISE_RETURN_IF_ERROR(FromRocks(backups->GetLatestBackupInfo(&newest), what));
  SEATWISE_RETURN_IF_ERROR(
      FromRocks(backups->VerifyBackup(newest.backup_id, /*verify_with_checksum=*/true), what));
  SEATWISE_RETURN_IF_ERROR(CheckFormat(newest.app_metadata, folder));
  return newest.backup_id;
}

// Opens what was restored, and makes it a store of a new generation.
absl::Status FinishRestored(const StoreFolder& folder, const rocksdb::Options& options) {
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, folder.RocksPath(), &db);
  const std::unique_ptr<rocksdb::DB> owned(db);
  SEATWISE_RETURN_IF_ERROR(FromRocks(status, "opening what was restored"));
  SEATWISE_ASSIGN_OR_RETURN(const Mark backed_up, RecoveredMark(*owned));
  return FinishStore(folder, *owned, {backed_up.generation + 1, backed_up.ticket + 1});
}

}  // namespace

absl::Status BackUp(rocksdb::DB& db, rocksdb::Env* env, const std::string& folder) {
  const std::string what = absl::StrCat("backing up to '", folder, "'");
  rocksdb::BackupEngine* engine = nullptr;
  const rocksdb::Status opened =
      rocksdb::BackupEngine::Open(rocksdb::BackupEngineOptions(folder), env, &engine);
  const std::unique_ptr<rocksdb::BackupEngine> owned(engine);
  SEATWISE_RETURN_IF_ERROR(FromRocks(opened, what));
  rocksdb::CreateBackupOptions options;
  options.flush_before_backup = true;  // Then all of it lies in tables, which have checksums.
  return FromRocks(engine->CreateNewBackupWithMetadata(options, &db, FormatText()), what);
}

absl::Status VerifyBackup(const std::string& backups) {
  SEATWISE_ASSIGN_OR_RETURN(const Backups opened, OpenBackups(backups, rocksdb::Env::Default()));
  return Newest(opened, backups).status();
}

absl::Status RestoreBackup(const std::string& backups, const RocksStoreOptions& options) {
  StoreFolder folder(options.path, options.file_system);
  SEATWISE_ASSIGN_OR_RETURN(const Backups opened, OpenBackups(backups, folder.env()));
  SEATWISE_ASSIGN_OR_RETURN(const rocksdb::BackupID newest, Newest(opened, backups));
  SEATWISE_ASSIGN_OR_RETURN(const bool room, IsRoomForStore(folder));
  if (!room) {
    return absl::FailedPreconditionError(absl::StrCat(
        "'", options.path, "' is not empty: restore to a new folder, or move this one away"));
  }
  SEATWISE_RETURN_IF_ERROR(folder.Create());
  SEATWISE_RETURN_IF_ERROR(folder.Lock());
  SEATWISE_RETURN_IF_ERROR(BeginStore(folder));
  SEATWISE_RETURN_IF_ERROR(
      FromRocks(opened->RestoreDBFromBackup(newest, folder.RocksPath(), folder.RocksPath()),
                absl::StrCat("restoring to '", options.path, "'")));
  return FinishRestored(folder,
                        MakeRocksOptions(folder.env(), options.memory_bytes, /*listener=*/nullptr));
}

}  // namespace seatwise
