#include "service/watches.h"

#include <utility>

#include "base/check.h"

namespace seatwise {
namespace {

// About what an event takes in memory: plans are few and shared by whole runs.
size_t BytesOf(const RevisionEvent& event) {
  size_t bytes = sizeof(RevisionEvent) + sizeof(LicenseDelta);
  for (const LicenseDelta::Run& run : event.delta->runs) {
    bytes += sizeof(run) + run.users.size() * sizeof(uint32_t);
    for (const auto* value : {&run.before, &run.after}) {
      if (value->has_value()) bytes += (*value)->enabled_plans.size() * sizeof(PlanId) * 2;
    }
  }
  return bytes;
}

}  // namespace

void Watches::Publish(RevisionEvent event) {
  std::deque<Kept> dropped;  // Freed when nobody waits for it.
  {
    MutexLock lock(&mutex_);
    SEATWISE_CHECK(event.revision == newest_ + 1) << event.revision << " after " << newest_;
    newest_ = event.revision;
    const size_t bytes = BytesOf(event);
    bytes_ += bytes;
    kept_.push_back({std::move(event), bytes});
    while (kept_.size() > 1 && bytes_ > max_bytes_) {
      bytes_ -= kept_.front().bytes;
      dropped.push_back(std::move(kept_.front()));
      kept_.pop_front();
    }
  }
  changed_.NotifyAll();
}

void Watches::Close(absl::Status why) {
  {
    MutexLock lock(&mutex_);
    if (closed_.ok()) closed_ = std::move(why);
  }
  changed_.NotifyAll();
}

Watches::Answer Watches::After(uint64_t seen, Deadline deadline) {
  MutexLock lock(&mutex_);
  while (closed_.ok() && seen >= newest_) {
    if (!changed_.WaitUntil(mutex_, deadline)) return Quiet{};
  }
  if (!closed_.ok()) return closed_;
  const uint64_t oldest = newest_ + 1 - kept_.size();
  if (seen + 1 < oldest) return Behind{};
  return kept_[seen + 1 - oldest].event;
}

uint64_t Watches::newest() const {
  MutexLock lock(&mutex_);
  return newest_;
}

size_t Watches::bytes() const {
  MutexLock lock(&mutex_);
  return bytes_;
}

}  // namespace seatwise
