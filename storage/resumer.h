// Goes on after a full disk: sees whether there is room, then lets RocksDB resume.
//
// All of that is done by a thread of its own, for two reasons. Nobody should wait for it, writers
// being told RESOURCE_EXHAUSTED at once. And RocksDB 7.8 may wait for ever in DB::Resume: a flush
// that was scheduled, but meets an error before it begins, stays in RocksDB's queue and is never
// done. So RocksDB is not asked as long as there is no room, which is what makes errors during a
// resume rare; and if it does not come back, the store halts instead of hanging.
#pragma once

#include <thread>

#include "absl/functional/any_invocable.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "rocksdb/db.h"
#include "storage/store_condition.h"
#include "storage/store_folder.h"

namespace seatwise {

// Everything it is given must outlive it. Any thread.
class Resumer {
 public:
  // An attempt that takes longer than `most_seconds` halts the store.
  Resumer(rocksdb::DB& db, const StoreFolder& folder, StoreCondition& condition,
          double most_seconds);
  Resumer(const Resumer&) = delete;
  Resumer& operator=(const Resumer&) = delete;
  // Breaks off an attempt that is going on; the database can only be closed then.
  ~Resumer();

  // If the condition is a full disk: begins an attempt, unless there is one or there was one a
  // moment ago. When RocksDB has resumed, calls `resumed`, and then the condition is OK again.
  void Begin(absl::AnyInvocable<void()> resumed);

 private:
  rocksdb::Status Attempt();

  rocksdb::DB& db_;
  const StoreFolder& folder_;
  StoreCondition& condition_;
  const double most_seconds_;
  Mutex mutex_;
  bool running_ SEATWISE_GUARDED_BY(mutex_) = false;
  Stopwatch since_begin_ SEATWISE_GUARDED_BY(mutex_);
  std::thread thread_ SEATWISE_GUARDED_BY(mutex_);
};

}  // namespace seatwise
