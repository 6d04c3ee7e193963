#include "service/watch_cursor.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/incremental/live_state.h"
#include "service/errors.h"
#include "storage/facts_snapshot.h"
#include "storage/journal.h"

namespace seatwise {
namespace {

// How much of the journal is read at a time: users of deltas. A revision is read whole.
constexpr size_t kUsersAtOnce = 100'000;
// ... and revisions, most of which change few users.
constexpr size_t kRevisionsAtOnce = 1'000;

size_t UsersOf(const LicenseDelta& delta) {
  size_t users = 0;
  for (const LicenseDelta::Run& run : delta.runs) users += run.users.size();
  return users;
}

}  // namespace

absl::StatusOr<WatchCursor> WatchCursor::After(std::shared_ptr<Tenant> tenant, uint64_t seen) {
  const TenantStatePtr state = tenant->Published();
  if (seen > state->revision) return RevisionNotReachedError(seen, state->revision);
  WatchCursor cursor(std::move(tenant), seen);
  if (seen < state->revision) SEATWISE_RETURN_IF_ERROR(cursor.ReadOn());
  return cursor;
}

absl::StatusOr<std::optional<RevisionEvent>> WatchCursor::Next(Deadline deadline) {
  if (!read_.empty()) return TakeRead();
  Watches::Answer answer = tenant_->watches().After(seen_, deadline);
  if (auto* event = std::get_if<RevisionEvent>(&answer)) {
    seen_ = event->revision;
    return std::move(*event);
  }
  if (auto* status = std::get_if<absl::Status>(&answer)) return std::move(*status);
  if (std::holds_alternative<Watches::Quiet>(answer)) return std::nullopt;
  SEATWISE_RETURN_IF_ERROR(ReadOn());
  return TakeRead();
}

RevisionEvent WatchCursor::TakeRead() {
  RevisionEvent event = std::move(read_.front());
  read_.pop_front();
  seen_ = event.revision;
  return event;
}

absl::Status WatchCursor::ReadOn() {
  const TenantStatePtr state = tenant_->Published();
  size_t users = 0;
  absl::Status read = ReadJournal(*state->facts, seen_ + 1, [&](const JournalEntry& entry) {
    users += UsersOf(entry.delta);
    read_.push_back(
        {entry.revision, entry.time, std::make_shared<const LicenseDelta>(entry.delta)});
    return users < kUsersAtOnce && read_.size() < kRevisionsAtOnce;
  });
  if (absl::IsOutOfRange(read)) {
    SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(*state->facts));
    return RevisionPrunedError(seen_, oldest, state->revision);
  }
  SEATWISE_RETURN_IF_ERROR(read);
  // A gap would be a silent loss.
  if (read_.empty() || read_.front().revision != seen_ + 1) {
    return absl::DataLossError(
        absl::StrCat("the journal has no revision ", seen_ + 1, "; an operator has to look"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> WatchCursor::UserIdOf(uint32_t user) const {
  const TenantStatePtr state = tenant_->Published();
  const absl::string_view id = state->live->UserIdOf(user);
  if (!id.empty()) return std::string(id);
  SEATWISE_ASSIGN_OR_RETURN(std::optional<UserId> gone, state->facts->UserOfNumber(user));
  if (gone.has_value()) return gone->value();
  return absl::DataLossError(
      absl::StrCat("user number ", user, " of the journal has no name; an operator has to look"));
}

}  // namespace seatwise
