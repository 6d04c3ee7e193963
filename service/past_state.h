// A tenant as it was: what came since is taken back on the version that is there, as a change that
// nobody else sees.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/facts_view.h"
#include "service/tenant_state.h"

namespace seatwise {

// One revision, facts and what follows from them. Immutable; any thread.
class PastState {
 public:
  virtual ~PastState() = default;

  virtual const std::shared_ptr<const LiveState>& live() const = 0;
  virtual const FactsView& facts() const = 0;
  // Of the revision's commit; nothing for the oldest one that is kept.
  virtual std::optional<Time> committed_at() const = 0;
};

// The revision `revision` of the tenant that is at `now`. The time follows what changed since;
// where that is most of the tenant, it is that of a batch. REVISION_PRUNED, REVISION_NOT_REACHED;
// errors of the store.
absl::StatusOr<std::unique_ptr<const PastState>> StateAt(const TenantStatePtr& now,
                                                         uint64_t revision, Executor& executor);

}  // namespace seatwise
