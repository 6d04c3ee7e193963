// An append is checked and written under one mutex, so that tickets, RocksDB's order and the order
// of the log are one and the same; the log's sync is outside of it (group_commit.h). The ticket is
// written with each append, at the cost of one small key: RocksDB's own sequence number does not
// do, since after a flush its MANIFEST may name one that the log, damaged, does not reach.
#include "storage/rocks_store.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/mutex.h"
#include "base/status_macros.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/write_batch.h"
#include "storage/group_commit.h"
#include "storage/high_water_mark.h"
#include "storage/resumer.h"
#include "storage/rocks_backup.h"
#include "storage/rocks_options.h"
#include "storage/rocks_snapshot.h"
#include "storage/rocks_status.h"
#include "storage/start_up.h"
#include "storage/store_condition.h"
#include "storage/store_errors.h"
#include "storage/store_folder.h"
#include "storage/store_keys.h"
#include "storage/watched_log.h"

namespace seatwise {
namespace {

// A repair moves all epochs behind those that were given before it: the last ones may be among what
// was lost.
uint64_t FirstEpoch(uint64_t generation) { return generation << 32; }

rocksdb::WriteBatch ToRocks(TenantNumber tenant, const Batch& batch) {
  constexpr size_t kBytesPerWrite = 16;
  rocksdb::WriteBatch result(batch.bytes() + (batch.size() + 2) * kBytesPerWrite);
  for (size_t i = 0; i < batch.size(); ++i) {
    const Batch::Write write = batch.write(i);
    const std::string key = FullKey(tenant, write.key);
    const rocksdb::Slice value(write.value.data(), write.value.size());
    const rocksdb::Status status = write.deletion ? result.Delete(key) : result.Put(key, value);
    status.PermitUncheckedError();  // Fails on keys of 4 GB only.
  }
  return result;
}

class RocksStore final : public Store {
 public:
  // What a store consists of once it is open; destroyed in the reverse order.
  struct Parts {
    std::unique_ptr<StoreFolder> folder;
    std::shared_ptr<StoreCondition> condition;
    std::unique_ptr<HighWaterMark> mark;
    std::unique_ptr<rocksdb::Env> env;  // Of RocksDB: it tells the condition of failed writes.
    std::unique_ptr<rocksdb::DB> db;
    Mark start;
    std::string note;
    double most_seconds_of_resume = 0;
  };

  explicit RocksStore(Parts parts)
      : parts_(std::move(parts)),
        group_(parts_.start.ticket, [this](uint64_t ticket) { return MakeDurable(ticket); }),
        appended_(parts_.start.ticket),
        resumer_(*parts_.db, *parts_.folder, *parts_.condition, parts_.most_seconds_of_resume) {}
  RocksStore(const RocksStore&) = delete;
  RocksStore& operator=(const RocksStore&) = delete;
  ~RocksStore() override;

  absl::StatusOr<Owner> OpenTenant(TenantNumber tenant) override;
  std::shared_ptr<const Snapshot> TakeSnapshot() const override {
    return TakeRocksSnapshot(*parts_.db);
  }
  absl::StatusOr<Ticket> Append(const Owner& owner, const Batch& batch,
                                absl::Span<const Precondition> preconditions) override;
  absl::Status AwaitDurable(Ticket ticket) override { return group_.Await(ticket.value); }
  absl::Status Health() const override;
  uint64_t generation() const override { return parts_.start.generation; }
  std::string StartNote() const override { return parts_.note; }
  absl::Status Backup(const std::string& folder) override {
    return BackUp(*parts_.db, parts_.folder->env(), folder);
  }

 private:
  absl::StatusOr<uint64_t> EpochOf(TenantNumber tenant)
      SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(append_mutex_);
  absl::Status Check(TenantNumber tenant, absl::Span<const Precondition> preconditions)
      SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(append_mutex_);
  // Writes the batch with the next ticket, and returns that.
  absl::StatusOr<Ticket> Write(rocksdb::WriteBatch& batch)
      SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(append_mutex_);
  // Sees to it that the memtable is not empty when the log is written. If that fails for want of
  // room, only a new log can go on after the torn one, and RocksDB begins one only with a memtable
  // to flush. A new log after a flush is where a full disk is met first. Says what is true already.
  rocksdb::Status FillMemtable() SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(append_mutex_);
  // Waits, for some microseconds, until the flush of the memtable before has begun. One that is met
  // by an error before it begins is never done by RocksDB 7.8, and a resume waits for it for ever.
  void LetFlushBegin() const;
  uint64_t Property(const std::string& name) const;
  // Health; after a full disk, begins an attempt to go on.
  absl::Status CheckTakesWrites() SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(append_mutex_);

  // The sync of a group commit.
  absl::Status MakeDurable(uint64_t ticket);

  const Parts parts_;
  GroupCommit group_;
  mutable Mutex append_mutex_;
  uint64_t appended_ SEATWISE_GUARDED_BY(append_mutex_);
  absl::flat_hash_map<uint32_t, uint64_t> epochs_ SEATWISE_GUARDED_BY(append_mutex_);
  Resumer resumer_;  // The last: its thread uses the others.
};

RocksStore::~RocksStore() {
  // So that the next start finds a mark that is durable, and no log to replay. If it fails, that
  // start does more.
  if (!parts_.condition->Health().ok()) return;
  Ticket last;
  {
    MutexLock lock(&append_mutex_);
    last.value = appended_;
  }
  if (!AwaitDurable(last).ok()) return;
  parts_.mark->Sync().IgnoreError();
  parts_.db->Flush(rocksdb::FlushOptions()).PermitUncheckedError();
}

absl::StatusOr<uint64_t> RocksStore::EpochOf(TenantNumber tenant) {
  const auto known = epochs_.find(tenant.value);
  if (known != epochs_.end()) return known->second;
  std::string value;
  const rocksdb::Status status = parts_.db->Get(rocksdb::ReadOptions(), EpochKey(tenant), &value);
  if (status.IsNotFound()) return 0;
  SEATWISE_RETURN_IF_ERROR(FromRocks(status, "reading an epoch"));
  const std::optional<uint64_t> epoch = DecodeNumber(value);
  if (!epoch) return absl::DataLossError("an owner epoch is not a number");
  // One of before a repair was taken away by it.
  return epochs_[tenant.value] = std::max(*epoch, FirstEpoch(generation()));
}

absl::StatusOr<Owner> RocksStore::OpenTenant(TenantNumber tenant) {
  if (tenant > kMaxTenant) return TenantNumberError(tenant);
  Owner owner{tenant};
  Ticket ticket;
  {
    MutexLock lock(&append_mutex_);
    SEATWISE_RETURN_IF_ERROR(CheckTakesWrites());
    SEATWISE_ASSIGN_OR_RETURN(const uint64_t epoch, EpochOf(tenant));
    owner.epoch = std::max(epoch, FirstEpoch(generation())) + 1;
    rocksdb::WriteBatch batch;
    batch.Put(EpochKey(tenant), EncodeNumber(owner.epoch)).PermitUncheckedError();
    SEATWISE_ASSIGN_OR_RETURN(ticket, Write(batch));
    epochs_[tenant.value] = owner.epoch;
  }
  SEATWISE_RETURN_IF_ERROR(AwaitDurable(ticket));
  return owner;
}

absl::Status RocksStore::Check(TenantNumber tenant, absl::Span<const Precondition> preconditions) {
  rocksdb::PinnableSlice value;
  for (const Precondition& condition : preconditions) {
    value.Reset();
    const rocksdb::Status status =
        parts_.db->Get(rocksdb::ReadOptions(), parts_.db->DefaultColumnFamily(),
                       FullKey(tenant, condition.key), &value);
    if (!status.IsNotFound()) {
      SEATWISE_RETURN_IF_ERROR(FromRocks(status, "checking a precondition"));
    }
    const bool holds = condition.value ? status.ok() && value == rocksdb::Slice(*condition.value)
                                       : status.IsNotFound();
    if (!holds) return PreconditionError(tenant, condition);
  }
  return absl::OkStatus();
}

absl::StatusOr<Ticket> RocksStore::Append(const Owner& owner, const Batch& batch,
                                          absl::Span<const Precondition> preconditions) {
  if (batch.bytes() > kMaxBatchBytes) return BatchTooLargeError(batch);
  rocksdb::WriteBatch writes = ToRocks(owner.tenant, batch);
  MutexLock lock(&append_mutex_);
  SEATWISE_RETURN_IF_ERROR(CheckTakesWrites());
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t epoch, EpochOf(owner.tenant));
  if (owner.epoch != epoch || epoch == 0) return StaleOwnerError(owner, epoch);
  SEATWISE_RETURN_IF_ERROR(Check(owner.tenant, preconditions));
  if (batch.empty()) return Ticket{appended_};
  return Write(writes);
}

absl::StatusOr<Ticket> RocksStore::Write(rocksdb::WriteBatch& batch) {
  const uint64_t ticket = appended_ + 1;
  batch.Put(TicketKey(), EncodeNumber(ticket)).PermitUncheckedError();
  rocksdb::Status status = FillMemtable();
  if (status.ok()) status = parts_.db->Write(rocksdb::WriteOptions(), &batch);
  if (!status.ok()) return parts_.condition->Failed(status, "appending", /*log_broken=*/true);
  appended_ = ticket;
  group_.Appended(ticket);
  return Ticket{ticket};
}

rocksdb::Status RocksStore::FillMemtable() {
  rocksdb::WriteOptions not_logged;
  not_logged.disableWAL = true;
  // With nothing to write, RocksDB still begins the new memtable that it is about to begin.
  rocksdb::WriteBatch nothing;
  const rocksdb::Status status = parts_.db->Write(not_logged, &nothing);
  if (!status.ok() || !parts_.condition->TakeNewMemtable()) return status;
  LetFlushBegin();
  return parts_.db->Put(not_logged, TicketKey(), EncodeNumber(appended_));
}

uint64_t RocksStore::Property(const std::string& name) const {
  uint64_t value = 0;
  parts_.db->GetIntProperty(name, &value);
  return value;
}

void RocksStore::LetFlushBegin() const {
  constexpr int kMostWaits = 1000;
  for (int waits = 0; waits < kMostWaits; ++waits) {
    if (Property(rocksdb::DB::Properties::kMemTableFlushPending) == 0) return;
    if (Property(rocksdb::DB::Properties::kNumRunningFlushes) > 0) return;
    std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
}

absl::Status RocksStore::CheckTakesWrites() {
  const absl::Status health = parts_.condition->Health();
  // Nothing is appended until the condition is OK again, so the ticket stays the last one.
  if (absl::IsResourceExhausted(health)) {
    resumer_.Begin([this, last = appended_] { group_.Durable(last); });
  }
  return health;
}

absl::Status RocksStore::Health() const {
  const absl::Status health = parts_.condition->Health();
  if (!absl::IsResourceExhausted(health)) return health;
  // Nobody may be appending any more, and there may be room by now.
  auto* self = const_cast<RocksStore*>(this);
  MutexLock lock(&self->append_mutex_);
  return self->CheckTakesWrites();
}

absl::Status RocksStore::MakeDurable(uint64_t ticket) {
  StoreCondition& condition = *parts_.condition;
  while (!condition.BeginSync()) {
    MutexLock lock(&append_mutex_);
    SEATWISE_RETURN_IF_ERROR(CheckTakesWrites());
  }
  // Also after a resume: others may have resumed before, and the ticket be in the new log.
  const rocksdb::Status status = parts_.db->SyncWAL();
  condition.EndSync();
  if (!status.ok()) return condition.Failed(status, "syncing the log", /*log_broken=*/true);
  const absl::Status moved = parts_.mark->MoveTo(ticket);
  // A file system that copies on write may want room even for this; the mark may lag.
  if (moved.ok() || absl::IsResourceExhausted(moved)) return absl::OkStatus();
  return condition.Failed(moved);
}

absl::StatusOr<std::unique_ptr<StoreFolder>> LockedFolder(const RocksStoreOptions& options) {
  auto folder = std::make_unique<StoreFolder>(options.path, options.file_system);
  SEATWISE_ASSIGN_OR_RETURN(const bool room, IsRoomForStore(*folder));
  SEATWISE_RETURN_IF_ERROR(room && options.create_if_missing ? folder->Create()
                                                             : CheckIsStore(*folder));
  SEATWISE_RETURN_IF_ERROR(folder->Lock());
  return folder;
}

std::string NoteOf(const Findings& findings) {
  if (findings.log.ok()) return "";
  return absl::StrCat(
      "the log ended in the middle of a write that nobody was promised; everything "
      "acknowledged is there, up to write ",
      findings.recovered.ticket, " (", findings.log.message(), ")");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options) {
  RocksStore::Parts parts;
  SEATWISE_ASSIGN_OR_RETURN(parts.folder, LockedFolder(options));
  const StoreFolder& folder = *parts.folder;
  parts.condition = std::make_shared<StoreCondition>(options.seconds_between_resumes);
  parts.env = rocksdb::NewCompositeEnv(WatchLogs(
      folder.env()->GetFileSystem(), [condition = parts.condition](const rocksdb::Status& status) {
        condition->LogWriteFailed(status);
      }));
  const rocksdb::Options rocks =
      MakeRocksOptions(parts.env.get(), options.memory_bytes, parts.condition);
  if (!folder.Exists(kFormatFile)) {
    SEATWISE_RETURN_IF_ERROR(CreateStore(folder, rocks));
  }
  SEATWISE_ASSIGN_OR_RETURN(const Findings findings, LookAt(folder, rocks));
  SEATWISE_RETURN_IF_ERROR(Verdict(folder, findings));
  SEATWISE_ASSIGN_OR_RETURN(parts.db, OpenForWriting(folder, rocks, findings));
  SEATWISE_ASSIGN_OR_RETURN(parts.mark, HighWaterMark::Open(folder));
  // What was recovered is durable now, whoever was told.
  SEATWISE_RETURN_IF_ERROR(parts.mark->MoveTo(findings.recovered.ticket));
  SEATWISE_RETURN_IF_ERROR(parts.mark->Sync());
  parts.start = findings.recovered;
  parts.note = NoteOf(findings);
  parts.most_seconds_of_resume = options.most_seconds_of_resume;
  return std::unique_ptr<Store>(std::make_unique<RocksStore>(std::move(parts)));
}

}  // namespace seatwise
