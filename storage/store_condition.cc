#include "storage/store_condition.h"

#include "absl/strings/str_cat.h"
#include "storage/rocks_status.h"

namespace seatwise {
namespace {

absl::Status Full(absl::string_view what) {
  return absl::ResourceExhaustedError(
      absl::StrCat("the disk is full; writes go on when there is room again (", what, ")"));
}

absl::Status Halted(absl::string_view what) {
  return absl::UnavailableError(absl::StrCat(
      "the store is halted: it can be read, and takes writes again after a restart (", what, ")"));
}

}  // namespace

absl::Status StoreCondition::Health() const {
  MutexLock lock(&mutex_);
  return health_;
}

absl::Status StoreCondition::Failed(const rocksdb::Status& status, absl::string_view what,
                                    bool log_broken) {
  const absl::Status failure = FromRocks(status, what);
  MutexLock lock(&mutex_);
  log_broken_ |= log_broken;
  if (absl::IsUnavailable(health_)) return health_;  // The first cause is the one to know.
  // RocksDB never resumes after a fatal error, even if it was for want of room.
  const bool fatal = status.severity() >= rocksdb::Status::Severity::kFatalError;
  if (fatal || !absl::IsResourceExhausted(failure)) return health_ = Halted(failure.message());
  if (health_.ok()) {
    health_ = Full(failure.message());
    since_full_ = Stopwatch();
  }
  return health_;
}

absl::Status StoreCondition::Failed(const absl::Status& status) {
  MutexLock lock(&mutex_);
  if (!absl::IsUnavailable(health_)) health_ = Halted(status.message());
  return health_;
}

void StoreCondition::LogWriteFailed(const rocksdb::Status& status) {
  Failed(status, "writing the log", /*log_broken=*/true).IgnoreError();
  MutexLock lock(&mutex_);
  while (syncs_ > 0) syncs_ended_.Wait(mutex_);
}

bool StoreCondition::BeginSync() {
  MutexLock lock(&mutex_);
  if (!log_broken_) ++syncs_;
  return !log_broken_;
}

void StoreCondition::EndSync() {
  MutexLock lock(&mutex_);
  if (--syncs_ == 0) syncs_ended_.NotifyAll();
}

bool StoreCondition::BeginResume() {
  MutexLock lock(&mutex_);
  if (!absl::IsResourceExhausted(health_)) return false;
  if (since_full_.Seconds() < seconds_between_resumes_) return false;
  since_full_ = Stopwatch();
  return true;
}

void StoreCondition::EndResume(const rocksdb::Status& status) {
  if (status.IsBusy()) return;
  if (!status.ok()) {
    Failed(status, "going on after the disk was full", false).IgnoreError();
    return;
  }
  MutexLock lock(&mutex_);
  // What failed while it resumed, in another thread, counts.
  if (!absl::IsResourceExhausted(health_)) return;
  health_ = absl::OkStatus();
  log_broken_ = false;
}

void StoreCondition::OnBackgroundError(rocksdb::BackgroundErrorReason reason,
                                       rocksdb::Status* error) {
  const bool of_the_log = reason == rocksdb::BackgroundErrorReason::kWriteCallback;
  Failed(*error, of_the_log ? "writing the log" : "working in the background", of_the_log)
      .IgnoreError();
}

void StoreCondition::OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                                          bool* auto_recovery) {
  *auto_recovery = false;
}

}  // namespace seatwise
