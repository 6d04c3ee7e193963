// Fills an empty tenant with many facts, in one revision.
//
//   load = BulkLoad::Start(tenant);
//   load->Add(...) for all facts: what a fact names comes before it
//   facts = load->Finish();             // readable, by the caller only: Load, derive, look
//   load->Commit(delta, meta);          // or Drop: nothing ever happened
//
// This is a door of its own: it checks what Validate checks of puts (form, references, repetition,
// limits), one fact at a time. Memory: 16 bytes a membership, 100 a user or group.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "storage/facts_snapshot.h"
#include "storage/tenant_store.h"

namespace seatwise {

// One load; one thread. Until it is committed, dropped or destroyed its tenant takes no other
// commits. After an error only Drop makes sense. Errors besides those that are named: as Store.
class BulkLoad {
 public:
  // The tenant, which outlives the load, must not have any fact but settings: else
  // FAILED_PRECONDITION.
  static absl::StatusOr<std::unique_ptr<BulkLoad>> Start(TenantStore& tenant);
  // Drops what is not committed.
  ~BulkLoad();

  // INVALID_ARGUMENT, naming the fact and the problem, for one that the door would reject.
  absl::Status Add(const Fact& fact);

  // After the last fact. INVALID_ARGUMENT, naming it, if a key was added twice.
  absl::StatusOr<std::shared_ptr<const FactsSnapshot>> Finish();

  // After Finish: makes the facts the tenant's next revision.
  absl::StatusOr<Appended> Commit(const LicenseDelta& delta, const CommitMeta& meta);

  // Removes everything that was added.
  absl::Status Drop();

 private:
  struct State;
  explicit BulkLoad(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace seatwise
