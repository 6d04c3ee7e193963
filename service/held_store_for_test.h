// A store whose syncs take as long as a test wants, or fail. Test only.
#pragma once

#include <memory>
#include <string>

#include "base/mutex.h"
#include "storage/store.h"

namespace seatwise {

// Appends go to `store`, which outlives it; durability is this store's word.
class HeldStore final : public Store {
 public:
  explicit HeldStore(Store& store) : store_(store) {}

  // From now on syncs wait until Release, or fail.
  void Hold() { Set(&HeldStore::held_, true); }
  void Release() { Set(&HeldStore::held_, false); }
  void Break() { Set(&HeldStore::broken_, true); }
  void Repair() { Set(&HeldStore::broken_, false); }

  // Returns once so many threads wait for a sync.
  void AwaitWaiters(int count) {
    MutexLock lock(&mutex_);
    while (waiters_ < count) changed_.Wait(mutex_);
  }

  absl::StatusOr<Owner> OpenTenant(TenantNumber tenant) override {
    return store_.OpenTenant(tenant);
  }
  std::shared_ptr<const Snapshot> TakeSnapshot() const override { return store_.TakeSnapshot(); }
  absl::StatusOr<Ticket> Append(const Owner& owner, const Batch& batch,
                                absl::Span<const Precondition> preconditions) override {
    if (absl::Status health = Health(); !health.ok()) return health;
    return store_.Append(owner, batch, preconditions);
  }
  absl::Status AwaitDurable(Ticket ticket) override {
    {
      MutexLock lock(&mutex_);
      ++waiters_;
      changed_.NotifyAll();
      while (held_ && !broken_) changed_.Wait(mutex_);
      --waiters_;
    }
    if (absl::Status health = Health(); !health.ok()) return health;
    return store_.AwaitDurable(ticket);
  }
  absl::Status Health() const override {
    MutexLock lock(&mutex_);
    return broken_ ? absl::UnavailableError("EIO on fsync") : absl::OkStatus();
  }
  uint64_t generation() const override { return store_.generation(); }
  absl::Status Backup(const std::string& folder) override { return store_.Backup(folder); }

 private:
  void Set(bool HeldStore::* flag, bool value) {
    MutexLock lock(&mutex_);
    this->*flag = value;
    changed_.NotifyAll();
  }

  Store& store_;
  mutable Mutex mutex_;
  CondVar changed_;
  bool held_ = false;
  bool broken_ = false;
  int waiters_ = 0;
};

}  // namespace seatwise
