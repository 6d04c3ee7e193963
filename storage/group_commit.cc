#include "storage/group_commit.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/status_macros.h"

namespace seatwise {

GroupCommit::GroupCommit(uint64_t durable, Sync sync)
    : sync_(std::move(sync)), appended_(durable), durable_(durable) {}

void GroupCommit::Appended(uint64_t ticket) {
  MutexLock lock(&mutex_);
  SEATWISE_CHECK(ticket > appended_) << ticket << " after " << appended_;
  appended_ = ticket;
}

void GroupCommit::Durable(uint64_t ticket) {
  MutexLock lock(&mutex_);
  durable_ = std::max(durable_, ticket);
}

absl::Status GroupCommit::Await(uint64_t ticket) {
  MutexLock lock(&mutex_);
  if (ticket > appended_) {
    return absl::InvalidArgumentError(
        absl::StrCat("ticket ", ticket, " was never given; the last is ", appended_));
  }
  while (durable_ < ticket) {
    if (syncing_) {
      round_ended_.Wait(mutex_);
    } else {
      SEATWISE_RETURN_IF_ERROR(SyncForAll());
    }
  }
  return absl::OkStatus();
}

absl::Status GroupCommit::SyncForAll() {
  const uint64_t covered = appended_;
  syncing_ = true;
  mutex_.Unlock();
  absl::Status status = sync_(covered);
  mutex_.Lock();
  syncing_ = false;
  if (status.ok()) durable_ = std::max(durable_, covered);
  // After a failure each waiter hears of it by a sync of its own: the failed one may have begun
  // before the waiter's append.
  round_ended_.NotifyAll();
  return status;
}

}  // namespace seatwise
