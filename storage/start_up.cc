#include "storage/start_up.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/format_file.h"
#include "storage/rocks_status.h"
#include "storage/store_keys.h"

namespace seatwise {
namespace {

// The first generation, and the ticket of the write that makes a store.
constexpr Mark kNewStore{1, 1};

absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenReadOnly(const StoreFolder& folder,
                                                          const rocksdb::Options& options) {
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, folder.RocksPath(), &db);
  std::unique_ptr<rocksdb::DB> owned(db);
  SEATWISE_RETURN_IF_ERROR(FromRocks(status, absl::StrCat("opening '", folder.path(), "'")));
  return owned;
}

absl::StatusOr<uint64_t> NumberAt(rocksdb::DB& db, const std::string& key) {
  std::string value;
  const rocksdb::Status status = db.Get(rocksdb::ReadOptions(), key, &value);
  if (status.IsNotFound()) return 0;
  SEATWISE_RETURN_IF_ERROR(FromRocks(status, "reading the store's own keys"));
  const std::optional<uint64_t> number = DecodeNumber(value);
  if (!number) return absl::DataLossError("one of the store's own values is not a number");
  return *number;
}

absl::Status BeyondRepair(const StoreFolder& folder, const absl::Status& cause) {
  // What should be there and is not found is lost.
  if (!absl::IsDataLoss(cause) && !absl::IsNotFound(cause)) return cause;
  return absl::DataLossError(absl::StrCat("the store at '", folder.path(),
                                          "' is damaged; nothing was changed: restore a backup (",
                                          cause.message(), ")"));
}

}  // namespace

absl::StatusOr<bool> IsRoomForStore(const StoreFolder& folder) {
  const absl::StatusOr<std::vector<std::string>> names = folder.List();
  if (absl::IsNotFound(names.status())) return true;
  SEATWISE_RETURN_IF_ERROR(names.status());
  if (folder.Exists(kFormatFile)) return false;
  for (const std::string& name : *names) {
    // Those come before CREATING can be durable.
    if (name != kLockFile && name != absl::StrCat(kCreatingFile, ".new")) {
      return folder.Exists(kCreatingFile);
    }
  }
  return true;
}

absl::Status CheckIsStore(const StoreFolder& folder) {
  SEATWISE_ASSIGN_OR_RETURN(const bool room, IsRoomForStore(folder));
  if (room) return absl::NotFoundError(absl::StrCat("there is no store at '", folder.path(), "'"));
  if (!folder.Exists(kFormatFile)) {
    return absl::FailedPreconditionError(
        absl::StrCat("'", folder.path(), "' holds other files, and is not a store"));
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::string format, folder.Read(kFormatFile));
  return CheckFormat(format, folder.PathOf(kFormatFile));
}

absl::Status BeginStore(const StoreFolder& folder) {
  SEATWISE_RETURN_IF_ERROR(folder.WriteDurably(kCreatingFile, "nothing here counts yet\n"));
  return folder.RemoveContents();
}

absl::Status FinishStore(const StoreFolder& folder, rocksdb::DB& db, Mark mark) {
  SEATWISE_RETURN_IF_ERROR(WriteMark(db, mark));
  SEATWISE_RETURN_IF_ERROR(HighWaterMark::Create(folder, mark));
  SEATWISE_RETURN_IF_ERROR(folder.WriteDurably(kFormatFile, FormatText()));
  return folder.RemoveDurably(kCreatingFile);
}

absl::Status CreateStore(const StoreFolder& folder, const rocksdb::Options& options) {
  SEATWISE_RETURN_IF_ERROR(BeginStore(folder));
  rocksdb::Options creating = options;
  creating.create_if_missing = true;
  creating.error_if_exists = true;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(creating, folder.RocksPath(), &db);
  const std::unique_ptr<rocksdb::DB> owned(db);
  SEATWISE_RETURN_IF_ERROR(FromRocks(status, absl::StrCat("creating '", folder.path(), "'")));
  return FinishStore(folder, *owned, kNewStore);
}

absl::StatusOr<Findings> LookAt(const StoreFolder& folder, const rocksdb::Options& options) {
  rocksdb::Options looking = options;
  looking.listeners.clear();
  absl::StatusOr<std::unique_ptr<rocksdb::DB>> db = OpenReadOnly(folder, looking);
  const absl::Status log =
      db.ok() || absl::IsDataLoss(db.status()) ? db.status() : absl::OkStatus();
  if (absl::IsDataLoss(db.status())) {
    looking.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    db = OpenReadOnly(folder, looking);
  }
  if (!db.ok()) return BeyondRepair(folder, db.status());
  const absl::StatusOr<Mark> recovered = RecoveredMark(**db);
  if (!recovered.ok()) return BeyondRepair(folder, recovered.status());
  return Findings{*recovered, HighWaterMark::Read(folder), log};
}

absl::Status Verdict(const StoreFolder& folder, const Findings& findings) {
  if (findings.complete()) return absl::OkStatus();
  const Mark& recovered = findings.recovered;
  const std::string promised =
      findings.mark.ok() ? absl::StrCat("up to write ", findings.mark->ticket, " of generation ",
                                        findings.mark->generation, " were acknowledged")
                         : absl::StrCat("how many were acknowledged is not known: ",
                                        findings.mark.status().message());
  return absl::DataLossError(
      absl::StrCat("the store at '", folder.path(), "' is missing acknowledged writes: ", promised,
                   "; what can be read ends at write ", recovered.ticket, " of generation ",
                   recovered.generation,
                   ". Nothing was changed. Restore a backup, or accept the loss of the rest with "
                   "`seatwise admin "
                   "repair --accept-loss`",
                   findings.log.ok() ? "" : absl::StrCat(" (", findings.log.message(), ")")));
}

absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenForWriting(const StoreFolder& folder,
                                                            rocksdb::Options options,
                                                            const Findings& findings) {
  if (!findings.log.ok()) {
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  }
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, folder.RocksPath(), &db);
  std::unique_ptr<rocksdb::DB> owned(db);
  SEATWISE_RETURN_IF_ERROR(FromRocks(status, absl::StrCat("opening '", folder.path(), "'")));
  SEATWISE_ASSIGN_OR_RETURN(const Mark recovered, RecoveredMark(*owned));
  if (recovered != findings.recovered) {
    return absl::DataLossError(
        absl::StrCat("'", folder.path(), "' changed while it was opened: write ", recovered.ticket,
                     " after ", findings.recovered.ticket));
  }
  return owned;
}

absl::StatusOr<Mark> RecoveredMark(rocksdb::DB& db) {
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t generation, NumberAt(db, GenerationKey()));
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t ticket, NumberAt(db, TicketKey()));
  return Mark{generation, ticket};
}

absl::Status WriteMark(rocksdb::DB& db, Mark mark) {
  rocksdb::WriteBatch batch;
  batch.Put(GenerationKey(), EncodeNumber(mark.generation)).PermitUncheckedError();
  batch.Put(TicketKey(), EncodeNumber(mark.ticket)).PermitUncheckedError();
  rocksdb::WriteOptions synced;
  synced.sync = true;
  return FromRocks(db.Write(synced, &batch), "writing the store's own keys");
}

}  // namespace seatwise
