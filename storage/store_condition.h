// Whether a store on disk takes writes, and if not, why and until when.
//
//   OK ──disk full──► full ──room again (resumer.h)──► OK
//   OK, full ──any other failure of a write, a sync or in the background──► halted, for good
//
// After a failed sync nobody knows what is on the disk: the kernel may have dropped the bytes, and
// a second sync that succeeds would prove nothing. So nothing is tried again until the store is
// opened anew and reads what is really there (reliability.md, promise 5).
#pragma once

#include <atomic>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "rocksdb/listener.h"
#include "rocksdb/status.h"

namespace seatwise {

// Any thread. RocksDB tells it what fails in the background.
class StoreCondition final : public rocksdb::EventListener {
 public:
  explicit StoreCondition(double seconds_between_resumes)
      : seconds_between_resumes_(seconds_between_resumes) {}

  // As Store::Health.
  absl::Status Health() const;

  // Takes a failure in and returns what to tell the caller: RESOURCE_EXHAUSTED or UNAVAILABLE.
  // `log_broken`: the write-ahead log may end within a record, so that only a resume, which begins
  // a new one, makes durable what was appended.
  absl::Status Failed(const rocksdb::Status& status, absl::string_view what, bool log_broken);
  absl::Status Failed(const absl::Status& status);

  // A write of the log failed, and RocksDB does not know yet. As Failed; returns when no sync of
  // the log runs any more, so that RocksDB never syncs a log to which it knows that a write failed
  // (watched_log.h).
  void LogWriteFailed(const rocksdb::Status& status);

  // Whether a sync of the log may begin, and would be worth anything; if so, EndSync follows it.
  bool BeginSync();
  void EndSync();

  // Whether the disk was full, and nobody tried to resume a moment ago. If so, somebody does now.
  bool BeginResume();
  // How that went: OK if everything appended is durable and writes can go on, Busy for "not now".
  void EndResume(const rocksdb::Status& status);

  // Whether RocksDB began a new memtable, and with it a new log, since this was asked last.
  bool TakeNewMemtable() { return new_memtable_.exchange(false); }

  void OnMemTableSealed(const rocksdb::MemTableInfo&) override { new_memtable_ = true; }
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status error,
                            bool* auto_recovery) override;

 private:
  const double seconds_between_resumes_;
  std::atomic<bool> new_memtable_ = true;
  mutable Mutex mutex_;
  absl::Status health_ SEATWISE_GUARDED_BY(mutex_);
  bool log_broken_ SEATWISE_GUARDED_BY(mutex_) = false;
  int syncs_ SEATWISE_GUARDED_BY(mutex_) = 0;  // That run.
  CondVar syncs_ended_;
  Stopwatch since_full_ SEATWISE_GUARDED_BY(mutex_);  // Or since the last attempt to resume.
};

}  // namespace seatwise
