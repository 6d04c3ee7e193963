// A tenant at work: what is published of it, and the one way to change it.
//
//   Commit, under the writer's lock:  request id known? -> make changes from the tip's facts
//     -> Validate -> Prepare on the tip -> Append to the store -> the result is the new tip
//   and outside of it:  await durability -> publish, strictly by revision -> answer
//
// The tip runs ahead of what is published by the commits that are applied but not yet synced. So
// several clients' commits of one tenant share one sync, and nobody ever reads what a crash could
// still take back. If a sync fails, the tip falls back to what is published and writes end for good
// (reliability.md): what became of the commits in between is unknown until the store is opened
// anew.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "service/commit.h"
#include "service/tenant_state.h"

namespace seatwise {

class Watches;

// Any thread may call anything.
class Tenant {
 public:
  virtual ~Tenant() = default;

  virtual const std::string& id() const = 0;

  // The newest durable revision. Takes some nanoseconds, never null.
  virtual TenantStatePtr Published() const = 0;

  // The newest durable revision, once that is `revision` or later. Blocks, no longer than until
  // `deadline`: then DEADLINE_EXCEEDED. OUT_OF_RANGE at once if no such revision was ever handed
  // out; UNAVAILABLE if it is in doubt because a sync failed.
  virtual absl::StatusOr<TenantStatePtr> AtLeast(uint64_t revision, Deadline deadline) const = 0;

  // Commits what `make` says, durable on return. Blocks for a sync. An empty set of changes makes a
  // revision only if there is a request id to keep. Statuses: what `make` answers; UNAVAILABLE if
  // writes have ended or the outcome is unknown; ABORTED for a stale plan; INVALID_ARGUMENT for a
  // request id that was used for something else; what the store answers.
  virtual absl::StatusOr<CommitResult> Commit(const ChangeMaker& make,
                                              const CommitOptions& options) = 0;

  // OK, or why writes have ended.
  virtual absl::Status health() const = 0;

  // Who waits for changes.
  virtual Watches& watches() = 0;
};

}  // namespace seatwise
