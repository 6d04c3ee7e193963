// One watcher's way through the revisions of a tenant: from the journal as long as it is behind,
// then as they are published.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "service/tenant.h"
#include "service/watches.h"

namespace seatwise {

// Ordered, unique, complete. One thread. Keeps its tenant in memory.
class WatchCursor {
 public:
  // Goes on after revision `seen`. OUT_OF_RANGE if it was never made, or if what follows is no
  // longer kept: the error names the oldest revision.
  static absl::StatusOr<WatchCursor> After(std::shared_ptr<Tenant> tenant, uint64_t seen);

  // The next revision's event; nothing if none came until `deadline`. OUT_OF_RANGE if the journal
  // was pruned past what was seen; the status with which watches were closed.
  absl::StatusOr<std::optional<RevisionEvent>> Next(Deadline deadline);

  // The revision up to which everything was handed out.
  uint64_t seen() const { return seen_; }

  // Who a number of a delta is, also a user deleted since. DATA_LOSS if nobody knows.
  absl::StatusOr<std::string> UserIdOf(uint32_t user) const;

 private:
  WatchCursor(std::shared_ptr<Tenant> tenant, uint64_t seen)
      : tenant_(std::move(tenant)), seen_(seen) {}

  // Reads on from the journal, as much as fits.
  absl::Status ReadOn();
  RevisionEvent TakeRead();

  std::shared_ptr<Tenant> tenant_;
  uint64_t seen_ = 0;
  std::deque<RevisionEvent> read_;  // From the journal, not handed out yet.
};

}  // namespace seatwise
