// A store whose appends end after so many, as if the power failed. Test only.
#pragma once

#include <memory>
#include <string>

#include "storage/store.h"

namespace seatwise {

class CrashingStore final : public Store {
 public:
  // `store` outlives it and has what was appended before the crash.
  CrashingStore(Store& store, int appends) : store_(store), appends_(appends) {}

  // Whether an append was refused.
  bool crashed() const { return appends_ < 0; }

  absl::StatusOr<Owner> OpenTenant(TenantNumber tenant) override {
    return store_.OpenTenant(tenant);
  }
  std::shared_ptr<const Snapshot> TakeSnapshot() const override { return store_.TakeSnapshot(); }
  absl::StatusOr<Ticket> Append(const Owner& owner, const Batch& batch,
                                absl::Span<const Precondition> preconditions) override {
    if (appends_ <= 0) {
      appends_ = -1;
      return absl::UnavailableError("the power failed");
    }
    --appends_;
    return store_.Append(owner, batch, preconditions);
  }
  absl::Status AwaitDurable(Ticket ticket) override { return store_.AwaitDurable(ticket); }
  absl::Status Health() const override { return store_.Health(); }
  uint64_t generation() const override { return store_.generation(); }
  absl::Status Backup(const std::string& folder) override { return store_.Backup(folder); }

 private:
  Store& store_;
  int appends_;
};

}  // namespace seatwise
