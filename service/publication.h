// Which revision of a tenant readers see, and which ones are on their way there.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "engine/model/license_delta.h"
#include "service/tenant_state.h"
#include "service/watches.h"

namespace seatwise {

// The states of a tenant from what is published to the tip, without gaps. Any thread; who applies
// does so one at a time.
class Publication {
 public:
  // `loaded` is durable. `watches` outlives the publication and is told of every revision, in
  // order.
  Publication(TenantStatePtr loaded, Watches& watches)
      : published_(std::move(loaded)), watches_(watches) {}

  // The newest durable state.
  TenantStatePtr Published() const;

  // The newest state: what the next commit builds on.
  TenantStatePtr Tip() const;

  // OK, or why nothing more can be applied.
  absl::Status health() const;

  // The next revision is in the store, and not yet durable.
  void Apply(TenantStatePtr state, std::shared_ptr<const LicenseDelta> delta);

  // Everything up to `revision` is durable: publishes what is not published yet. A store syncs in
  // order, so whoever learns first speaks for all before.
  void Settle(uint64_t revision);

  // Reads what is published from `facts` from now on: the same facts, in a later snapshot of the
  // store. Nothing happens if they are not of that revision, or more is applied.
  void Renew(std::shared_ptr<const FactsSnapshot> facts);

  // `revision` could not be made durable: what is not published is dropped, and nothing more is
  // applied. Nothing happens if the revision was published in the meantime.
  void Fail(uint64_t revision, const absl::Status& why);

  // The newest durable state once it is at `revision` or later (Tenant::AtLeast).
  absl::StatusOr<TenantStatePtr> AtLeast(uint64_t revision, Deadline deadline) const;

 private:
  struct Pending {
    TenantStatePtr state;
    std::shared_ptr<const LicenseDelta> delta;
  };

  mutable Mutex mutex_;
  mutable CondVar changed_;
  TenantStatePtr published_ SEATWISE_GUARDED_BY(mutex_);
  std::deque<Pending> pending_ SEATWISE_GUARDED_BY(mutex_);  // By revision; the last is the tip.
  // The newest revision that was ever applied.
  uint64_t applied_ SEATWISE_GUARDED_BY(mutex_) = 0;
  absl::Status health_ SEATWISE_GUARDED_BY(mutex_);
  Watches& watches_;
};

}  // namespace seatwise
