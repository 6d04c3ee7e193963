// A tenant at work: what is published of it, and the one way to change it.
//
//   Commit, under the writer's lock:  request id known? -> make changes from the tip's facts
//     -> Validate -> Prepare on the tip -> Append to the store -> the result is the new tip
//   and outside of it:  await durability -> publish, strictly by revision -> answer
//
// The tip runs ahead of what is published by the commits that are applied but not yet synced. So
// several clients' commits of one tenant share one sync, and nobody ever reads what a crash could
// still take back. If a sync fails, the tip falls back to what is published and this object takes
// no more writes (reliability.md): what became of the commits in between is known when the tenant
// is loaded again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "service/commit.h"
#include "service/publication.h"
#include "service/tenant_environment.h"
#include "service/tenant_state.h"
#include "service/watches.h"
#include "storage/bulk_load.h"
#include "storage/documents.h"
#include "storage/staging_area.h"
#include "storage/tenant_directory.h"
#include "storage/tenant_store.h"

namespace seatwise {

// Any thread may call anything.
class Tenant {
 public:
  // Becomes the owner of the tenant in the store, reads its facts and derives its state, on the
  // environment's threads if it is large. Blocks. Fails as TenantStore::Open and Load do.
  static absl::StatusOr<std::shared_ptr<Tenant>> LoadFrom(const TenantEntry& entry,
                                                          const TenantEnvironment& environment);

  const TenantEnvironment& environment() const { return environment_; }
  const std::string& id() const { return entry_.id.value(); }
  const TenantEntry& entry() const { return entry_; }

  // The newest durable revision. Takes some nanoseconds, never null.
  TenantStatePtr Published() const { return publication_.Published(); }

  // The newest durable revision, once that is `revision` or later. Blocks, no longer than until
  // `deadline`: then DEADLINE_EXCEEDED. OUT_OF_RANGE at once if no such revision was ever handed
  // out; UNAVAILABLE if it is in doubt because a sync failed.
  absl::StatusOr<TenantStatePtr> AtLeast(uint64_t revision, Deadline deadline) const {
    return publication_.AtLeast(revision, deadline);
  }

  // Commits what `make` says, durable on return. Blocks for a sync. An empty set of changes makes a
  // revision only if there is a request id to keep. A what-if (validate_only) is tried on what is
  // published, and neither waits for writers nor do they for it. Statuses: what `make` answers;
  // UNAVAILABLE if writes have ended or the outcome is unknown; ABORTED for a stale plan;
  // FAILED_PRECONDITION for one that takes too many licenses; INVALID_ARGUMENT for a request id
  // that was used for something else; what the store answers.
  absl::StatusOr<CommitResult> Commit(const ChangeMaker& make, const CommitOptions& options);

  // As Commit, for a tenant that has no fact but settings and gets very many: `fill` adds them all.
  // FAILED_PRECONDITION if it is not empty. No warnings; errors are those of the load.
  absl::StatusOr<CommitResult> Fill(absl::FunctionRef<absl::Status(BulkLoad&)> fill,
                                    const CommitOptions& options);

  // OK, or why writes have ended.
  absl::Status health() const { return publication_.health(); }

  // Who waits for changes.
  Watches& watches() { return watches_; }

  // What lies beside the facts, in the same key space.
  Documents documents() { return {environment_.store, store_->owner()}; }
  StagingArea staging() { return {environment_.store, store_->owner()}; }

  // What it takes in memory, roughly. Takes the time of a look at every user.
  size_t ApproximateBytes() const;

  // Reads the facts of what is published from a snapshot of now, unless somebody writes: who is
  // idle must not keep the store from forgetting what others have overwritten.
  void Renew();

  // Forgets old revisions and requests; waits for other writers.
  absl::Status Prune(const Retention& retention);

 private:
  // A commit on its way: what it answers, what is to be written, and what it waits for if that was
  // done.
  struct Attempt {
    CommitResult result;
    std::optional<ValidatedChangeSet> changes = std::nullopt;
    std::optional<Ticket> ticket = std::nullopt;
  };

  Tenant(TenantEntry entry, const TenantEnvironment& environment,
         std::unique_ptr<TenantStore> store, TenantStatePtr loaded);

  // All of a commit that comes before anything is written. It may go on beside writers: a what-if
  // does, on what is published, and they do not wait for it.
  absl::StatusOr<Attempt> Try(const ChangeMaker& make, const CommitOptions& options,
                              const TenantStatePtr& tip) const;
  // All of a commit that happens under the writer's lock.
  absl::StatusOr<Attempt> Apply(const ChangeMaker& make, const CommitOptions& options);
  absl::StatusOr<Attempt> ApplyFill(absl::FunctionRef<absl::Status(BulkLoad&)> fill,
                                    const CommitOptions& options);
  // All that happens outside of it.
  absl::StatusOr<CommitResult> Conclude(Attempt attempt, const Stopwatch& since);

  // What is known of the request; nothing if it is new.
  absl::StatusOr<std::optional<CommitResult>> Recall(const TenantState& tip,
                                                     const CommitOptions& options) const;
  // The door. Nothing if it found errors, which are in the attempt then.
  absl::StatusOr<std::optional<ValidatedChangeSet>> Judge(ChangeSet changes, const TenantState& tip,
                                                          const CommitOptions& options,
                                                          Attempt& attempt) const;
  // What follows from the changes; and whether that is what was planned.
  absl::Status Derive(const ValidatedChangeSet& changes, const TenantState& tip,
                      const CommitOptions& options, Attempt& attempt) const;
  absl::Status Plan(std::shared_ptr<const LiveState> live, LicenseDelta delta,
                    const TenantState& tip, const CommitOptions& options, Attempt& attempt) const;
  CommitMeta MetaOf(const TenantState& tip, const CommitOptions& options,
                    CommitResult& result) const;
  // Makes what was appended the tip.
  void Advance(Appended appended, Attempt& attempt);
  // What to answer where the store said no.
  absl::Status AppendFailed(uint64_t revision, const absl::Status& why);
  absl::Status EndWrites(uint64_t revision, const absl::Status& why);

  const TenantEntry entry_;
  const TenantEnvironment environment_;
  const std::unique_ptr<TenantStore> store_;
  Watches watches_;
  Publication publication_;
  Mutex writer_;  // Held by who builds on the tip.
};

}  // namespace seatwise
