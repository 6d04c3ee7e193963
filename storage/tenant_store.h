// One tenant in a store: its facts, revision by revision, with the journal of how they came about.
//
//   writer, under the tenant's lock                        store
//     base = tip()
//     changes = Validate(..., *base)
//     appended = Append(changes, *base, delta, meta)  ──►  one batch: facts, journal, request, head
//     unlock
//     AwaitDurable(appended.ticket)                   ──►  one sync for all who wait
//     publish, answer
//
// What is larger than a batch is journalled first, in chunks above the head that nobody reads, then
// changed in several batches; the last one moves the head. Open undoes what never got that far.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "base/time.h"
#include "engine/model/license_delta.h"
#include "engine/model/validated_change_set.h"
#include "storage/batch.h"
#include "storage/facts_snapshot.h"
#include "storage/head.h"
#include "storage/requests.h"
#include "storage/store.h"

namespace seatwise {

class BulkLoad;
class FactEditor;
class JournalBuilder;

// What a commit says about itself.
struct CommitMeta {
  Time time;           // Now. The commit's time is the later of this and the one before (L1).
  std::string actor;   // Who: the authenticated principal.
  std::string method;  // What: the RPC or verb.
  // Becomes known together with the commit.
  std::optional<StoredRequest> request;
  // The version of the rules that the delta was derived with, if it is another than before.
  std::optional<uint32_t> rule_version;
};

// A commit that is visible to snapshots and not yet durable.
struct Appended {
  uint64_t revision = 0;
  Time time;
  Ticket ticket;  // Durable once AwaitDurable says OK to it.
  // The tip from now on.
  std::shared_ptr<const FactsSnapshot> facts;
};

// Up to where the journal is kept.
struct Retention {
  // Revisions whose successor is older than this can no longer be read...
  Time oldest_time = kMinTime;
  // ... and neither can those before the last so many. 0: no revision but the last.
  uint64_t most_revisions = UINT64_MAX;
};

// The writer of a tenant. Append, BulkLoad, Prune and Renew: one at a time, as the tenant's lock
// has it; everything else from any thread. Errors besides those that are named: as Store and
// Snapshot.
class TenantStore {
 public:
  // Becomes the owner, and completes or undoes what a crash left. Durable on return.
  // `store` outlives it.
  static absl::StatusOr<std::unique_ptr<TenantStore>> Open(Store& store, TenantNumber tenant);

  // The facts after the last Append.
  std::shared_ptr<const FactsSnapshot> tip() const;

  // Commits `changes`, validated against `base`, which is the tip (else ABORTED), with the delta
  // that follows from them. Empty changes with a delta are a revision as well. After any other
  // error than ABORTED and RESOURCE_EXHAUSTED the outcome is unknown: open the tenant again. What
  // is larger than a batch takes several appends, of which nobody sees anything until the last.
  absl::StatusOr<Appended> Append(const ValidatedChangeSet& changes, const FactsSnapshot& base,
                                  const LicenseDelta& delta, const CommitMeta& meta);
  // Store::AwaitDurable.
  absl::Status AwaitDurable(Ticket ticket);

  // Forgets revisions, and requests that expired before `now`. OK if there is nothing to forget.
  absl::Status Prune(const Retention& retention, Time now);

  // The tip in a snapshot of now, which is the tip from then on: one that is held for long keeps
  // the store from forgetting what everybody has overwritten since. Before the last Append is
  // durable and after errors there is nothing to gain.
  std::shared_ptr<const FactsSnapshot> Renew();

  // The right to write, for the staging area beside the facts.
  const Owner& owner() const { return owner_; }

 private:
  friend class BulkLoad;
  TenantStore(Store& store, Owner owner, std::shared_ptr<const FactsSnapshot> tip);

  void SetTip(std::shared_ptr<const FactsSnapshot> tip);
  // Journal chunks first, then the changes: nothing that anybody sees.
  absl::Status Stage(uint64_t revision, const std::vector<std::string>& chunks,
                     const FactEditor& editor);
  // The batch that moves the head, with whatever else is to be in it.
  absl::StatusOr<Appended> FinishCommit(Batch batch, const Head& before, Head head,
                                        const JournalBuilder& journal, const CommitMeta& meta);
  // After a failure: answers `why`.
  absl::Status TakeBack(const absl::Status& why);
  // Answers the oldest revision after one more batch.
  absl::StatusOr<uint64_t> PruneSome(const FactsSnapshot& facts, uint64_t oldest,
                                     const Retention& retention);

  Store& store_;
  const Owner owner_;
  // Why nothing can be committed now; the writer's.
  absl::Status refusal_;
  mutable Mutex mutex_;
  std::shared_ptr<const FactsSnapshot> tip_ SEATWISE_GUARDED_BY(mutex_);
};

}  // namespace seatwise
