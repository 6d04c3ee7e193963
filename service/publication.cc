#include "service/publication.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "service/errors.h"
#include "storage/facts_snapshot.h"

namespace seatwise {
namespace {

// Whether so many users changed that the state before has much of its own.
bool IsLarge(const LicenseDelta& delta) {
  constexpr size_t kManyUsers = 10'000;
  size_t users = 0;
  for (const LicenseDelta::Run& run : delta.runs) users += run.users.size();
  return users > kManyUsers;
}

// Whoever lets go of a state last frees it, which takes long if that is a million answers: it
// should be the writer, who waits anyhow, and not a reader, who holds a state for microseconds.
// Those who hold it for longer are lists; they are not waited for.
void AwaitReaders(const TenantStatePtr& replaced) {
  const Deadline deadline = Deadline::After(std::chrono::milliseconds(50));
  while (replaced.use_count() > 1 && !deadline.Passed()) {
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

}  // namespace

TenantStatePtr Publication::Published() const {
  MutexLock lock(&mutex_);
  return published_;
}

TenantStatePtr Publication::Tip() const {
  MutexLock lock(&mutex_);
  return pending_.empty() ? published_ : pending_.back().state;
}

absl::Status Publication::health() const {
  MutexLock lock(&mutex_);
  return health_;
}

void Publication::Apply(TenantStatePtr state, std::shared_ptr<const LicenseDelta> delta) {
  MutexLock lock(&mutex_);
  applied_ = state->revision;
  // Writes may have ended since this one was begun: it is dropped like those before it.
  if (!health_.ok()) return;
  const TenantStatePtr& tip = pending_.empty() ? published_ : pending_.back().state;
  SEATWISE_CHECK(state->revision == tip->revision + 1) << state->revision;
  pending_.push_back({std::move(state), std::move(delta)});
}

void Publication::Settle(uint64_t revision) {
  std::deque<Pending> settled;
  TenantStatePtr replaced;  // Large; freed when nobody waits for it.
  {
    MutexLock lock(&mutex_);
    while (!pending_.empty() && pending_.front().state->revision <= revision) {
      settled.push_back(std::move(pending_.front()));
      pending_.pop_front();
    }
    if (settled.empty()) return;
    replaced = std::exchange(published_, settled.back().state);
    // Within the lock, so that watchers hear of revisions in order.
    for (const Pending& next : settled) {
      watches_.Publish({next.state->revision, next.state->committed_at, next.delta});
    }
  }
  changed_.NotifyAll();
  for (const Pending& next : settled) {
    if (IsLarge(*next.delta)) return AwaitReaders(replaced);
  }
}

void Publication::Renew(std::shared_ptr<const FactsSnapshot> facts) {
  TenantStatePtr replaced;  // Gives its snapshot back without the lock.
  MutexLock lock(&mutex_);
  if (!pending_.empty() || facts->revision() != published_->revision) return;
  TenantState renewed = *published_;
  renewed.facts = std::move(facts);
  replaced = std::exchange(published_, std::make_shared<const TenantState>(std::move(renewed)));
}

void Publication::Fail(uint64_t revision, const absl::Status& why) {
  std::deque<Pending> dropped;
  {
    MutexLock lock(&mutex_);
    if (revision <= published_->revision) return;
    if (health_.ok()) health_ = why;
    dropped.swap(pending_);
  }
  changed_.NotifyAll();
}

absl::StatusOr<TenantStatePtr> Publication::AtLeast(uint64_t revision, Deadline deadline) const {
  MutexLock lock(&mutex_);
  while (published_->revision < revision) {
    if (revision > std::max(applied_, published_->revision)) {
      return RevisionNotReachedError(revision, published_->revision);
    }
    if (!health_.ok()) {
      return ErrorOf(v1::WRITES_HALTED, absl::StrCat("whether revision ", revision,
                                                     " was made is in doubt: ", health_.message()));
    }
    if (!changed_.WaitUntil(mutex_, deadline)) {
      return absl::DeadlineExceededError(
          absl::StrCat("revision ", revision, " is not durable yet; ask again"));
    }
  }
  return published_;
}

}  // namespace seatwise
