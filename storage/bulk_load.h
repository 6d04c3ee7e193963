// Fills an empty tenant with many facts, in one revision.
//
//   load = BulkLoad::Start(tenant);
//   load->Add(...) for all facts: what a fact names comes before it
//   facts = load->Finish();             // readable, by the caller only: Load, derive, look
//   load->Commit(delta, meta);          // or Drop: nothing ever happened
//
// This is a door of its own: it checks what Validate checks of puts (form, references, repetition,
// limits), one fact at a time. Memory: 16 bytes a membership, and the ids of users and groups with
// 24 bytes each.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "engine/model/validation_error.h"
#include "storage/facts_snapshot.h"
#include "storage/tenant_store.h"

namespace seatwise {

// A membership as it is added: nine of ten facts are one, so they come without strings of their
// own.
struct MembershipView {
  absl::string_view group;
  absl::string_view member;
  bool member_is_group = false;
  Time added_at;
};
// Of a fact that outlives the view.
inline MembershipView ViewOf(const Membership& row) {
  return {.group = row.group.value(),
          .member = PrincipalIdValue(row.member),
          .member_is_group = !IsDirect(row.member),
          .added_at = row.added_at};
}

// One load; one thread. Until it is committed, dropped or destroyed its tenant takes no other
// commits. Errors besides those that are named: as Store; after one only Drop makes sense.
class BulkLoad {
 public:
  // The tenant, which outlives the load, must not have any fact but settings: else
  // FAILED_PRECONDITION.
  static absl::StatusOr<std::unique_ptr<BulkLoad>> Start(TenantStore& tenant);
  // Drops what is not committed.
  ~BulkLoad();

  // Takes facts. One that the door would reject is told by errors(), and the load cannot be
  // finished any more; but what comes after it is checked as well.
  absl::Status Add(const Fact& fact);
  absl::Status AddMemberships(absl::Span<const MembershipView> rows);

  // How many facts were given to Add and AddMemberships.
  size_t added() const;
  // What is wrong with them: at most kMaxReportedErrors, and how many more. `change` says how many
  // facts were added before it; it is absent from what only Finish finds out.
  const std::vector<ValidationError>& errors() const;
  size_t more_errors() const;

  // After the last fact. INVALID_ARGUMENT if there are errors(): a membership that was added twice
  // is found here.
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
