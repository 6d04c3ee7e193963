#include "storage/group_commit.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/status_macros.h"

namespace seatwise {

GroupCommit::GroupCommit(uint64_t durable, Sync sync)
    : sync_(std::move(sync)), durable_(durable), appended_(durable) {}

void GroupCommit::Appended(uint64_t ticket) {
  MutexLock lock(&mutex_);
  SEATWISE_CHECK(ticket > appended_) << ticket << " after " << appended_;
  appended_ = ticket;
}

void GroupCommit::Durable(uint64_t ticket) {
  {
    MutexLock lock(&mutex_);
    durable_ = std::max<uint64_t>(durable_, ticket);
    for (RoundEnd& end : ends_) ++end;
  }
  // Also those who would have to lead: the one that was woken for it may be served now.
  for (RoundEnd& end : ends_) end.notify_all();
}

absl::Status GroupCommit::Await(uint64_t ticket) {
  while (durable_ < ticket) SEATWISE_RETURN_IF_ERROR(LeadOrFollow(ticket));
  return absl::OkStatus();
}

absl::Status GroupCommit::LeadOrFollow(uint64_t ticket) {
  RoundEnd* end = nullptr;
  uint32_t seen = 0;
  {
    MutexLock lock(&mutex_);
    if (ticket > appended_) {
      return absl::InvalidArgumentError(
          absl::StrCat("ticket ", ticket, " was never given; the last is ", appended_));
    }
    if (durable_ >= ticket) return absl::OkStatus();
    if (!syncing_) return SyncForAll();
    end = &EndOf(ticket <= covered_ ? round_ : round_ + 1);
    seen = *end;
  }
  end->wait(seen);
  return absl::OkStatus();
}

absl::Status GroupCommit::SyncForAll() {
  const uint64_t covered = appended_;
  covered_ = covered;
  syncing_ = true;
  mutex_.Unlock();
  absl::Status status = sync_(covered);
  mutex_.Lock();
  syncing_ = false;
  if (status.ok()) durable_ = std::max<uint64_t>(durable_, covered);
  RoundEnd& served = EndOf(round_);
  RoundEnd& next = EndOf(++round_);
  ++served;
  ++next;
  mutex_.Unlock();
  // One of those who wait for the next round leads it; its end wakes the others.
  next.notify_one();
  // After a failure each waiter hears of it by a sync of its own: the failed one may have begun
  // before the waiter's append.
  served.notify_all();
  mutex_.Lock();
  return status;
}

}  // namespace seatwise
