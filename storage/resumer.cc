#include "storage/resumer.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "rocksdb/convenience.h"

namespace seatwise {
namespace {

// Writes as much as a few commits want, and takes it away again.
rocksdb::Status SeeWhetherThereIsRoom(const StoreFolder& folder) {
  constexpr size_t kBytes = 1 << 20;
  const std::string path = folder.PathOf("ROOM");
  rocksdb::FileSystem& files = folder.file_system();
  const rocksdb::Status written =
      rocksdb::WriteStringToFile(&files, std::string(kBytes, 'r'), path, /*should_sync=*/true);
  files.DeleteFile(path, rocksdb::IOOptions(), nullptr).PermitUncheckedError();
  return written;
}

}  // namespace

Resumer::Resumer(rocksdb::DB& db, const StoreFolder& folder, StoreCondition& condition,
                 double most_seconds)
    : db_(db), folder_(folder), condition_(condition), most_seconds_(most_seconds) {}

Resumer::~Resumer() {
  bool running = false;
  std::thread thread;
  {
    MutexLock lock(&mutex_);
    running = running_;
    thread = std::move(thread_);
  }
  if (running) rocksdb::CancelAllBackgroundWork(&db_, /*wait=*/false);
  if (thread.joinable()) thread.join();
}

void Resumer::Begin(absl::AnyInvocable<void()> resumed) {
  MutexLock lock(&mutex_);
  if (running_) {
    if (since_begin_.Seconds() < most_seconds_) return;
    condition_.Failed(absl::DeadlineExceededError("RocksDB does not go on after a full disk"))
        .IgnoreError();
    return;
  }
  if (!condition_.BeginResume()) return;
  if (thread_.joinable()) thread_.join();  // It is at its end.
  running_ = true;
  since_begin_ = Stopwatch();
  thread_ = std::thread([this, resumed = std::move(resumed)]() mutable {
    const rocksdb::Status status = Attempt();
    if (status.ok()) resumed();
    condition_.EndResume(status);
    MutexLock ending(&mutex_);
    running_ = false;
  });
}

rocksdb::Status Resumer::Attempt() {
  const rocksdb::Status room = SeeWhetherThereIsRoom(folder_);
  if (!room.ok()) return room;
  // A flush that failed may still be giving its memtable back, and a resume would not see that.
  uint64_t flushes = 0;
  db_.GetIntProperty(rocksdb::DB::Properties::kNumRunningFlushes, &flushes);
  return flushes > 0 ? rocksdb::Status::Busy() : db_.Resume();
}

}  // namespace seatwise
