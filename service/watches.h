// The newest revisions of a tenant, for those who wait for changes.
//
// Nobody has a queue of their own: a watcher asks for what comes after the revision it has seen,
// and waits if there is nothing. So a slow one costs no memory here; once it is further behind than
// what is kept, it reads the journal until it has caught up (watch_cursor.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <variant>

#include "absl/status/status.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "base/time.h"
#include "engine/model/license_delta.h"

namespace seatwise {

// What one revision changed. The delta is never null, and may be empty.
struct RevisionEvent {
  uint64_t revision = 0;
  Time committed_at;
  std::shared_ptr<const LicenseDelta> delta;
};

// Any thread.
class Watches {
 public:
  // Nothing came until the deadline.
  struct Quiet {
    friend bool operator==(const Quiet&, const Quiet&) = default;
  };
  // The revision asked for came and is not kept here any more.
  struct Behind {
    friend bool operator==(const Behind&, const Behind&) = default;
  };
  // The event asked for, why there is none, or why there will never be one.
  using Answer = std::variant<RevisionEvent, Quiet, Behind, absl::Status>;

  // `revision` is published already. Keeps the newest events of about `max_bytes` together, and the
  // newest in any case.
  Watches(uint64_t revision, size_t max_bytes) : newest_(revision), max_bytes_(max_bytes) {}

  // The next revision is published: one greater than the last.
  void Publish(RevisionEvent event);

  // Ends all waiting, now and later, with `why`.
  void Close(absl::Status why);

  // The event of revision `seen` + 1. Waits for it until `deadline` at most.
  Answer After(uint64_t seen, Deadline deadline);

  uint64_t newest() const;
  // What the events that are kept take in memory, about.
  size_t bytes() const;

 private:
  struct Kept {
    RevisionEvent event;
    size_t bytes = 0;
  };

  mutable Mutex mutex_;
  CondVar changed_;
  uint64_t newest_ SEATWISE_GUARDED_BY(mutex_);
  const size_t max_bytes_;
  std::deque<Kept> kept_ SEATWISE_GUARDED_BY(mutex_);  // Ends with newest_; no gaps.
  size_t bytes_ SEATWISE_GUARDED_BY(mutex_) = 0;
  absl::Status closed_ SEATWISE_GUARDED_BY(mutex_);
};

}  // namespace seatwise
