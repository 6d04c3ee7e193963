// What a tenant is asked to commit, and what came of it (tenant.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/time.h"
#include "engine/model/change.h"
#include "engine/model/license_delta.h"
#include "engine/model/validated_change_set.h"
#include "engine/model/validation_error.h"
#include "engine/model/warning.h"
#include "service/plan_token.h"
#include "service/tenant_state.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// Works out what to change from the facts as they are when nobody else can change them any more:
// this is where a handler merges a mask into a resource, compares an etag, and answers NOT_FOUND or
// ABORTED. Called once, on the thread of Commit, with other writers of the tenant waiting: it reads
// and decides, and does not block.
using ChangeMaker = std::function<absl::StatusOr<ChangeSet>(const FactsSnapshot& facts)>;

// Makes a call repeatable (reliability.md, promise 5). The triple (actor, method, id) is looked up
// before anything else.
struct RequestKey {
  std::string id;      // Of the client's making.
  std::string digest;  // Of the request without its id: another one under the same id is refused.
};

// Says no to changes that are valid by themselves: a status ends the commit.
using ChangeGuard =
    std::function<absl::Status(const ValidatedChangeSet& changes, const FactsSnapshot& facts)>;

struct CommitResult;

struct CommitOptions {
  std::string actor;   // Who asks; goes into the journal (L2).
  std::string method;  // What is called, as in "seatwise.v1.DirectoryService/CreateUser".
  std::optional<RequestKey> request;
  // The answer to keep with the request id, once the outcome is known but before it is written. Not
  // called without a `request`, nor if nothing is committed. Answers over 4 KiB are not kept:
  // a replay has CommitResult::reply empty then.
  std::function<std::string(const CommitResult&)> reply;
  // ABORTED unless this is the revision that the commit builds on.
  std::optional<uint64_t> expected_revision;
  bool validate_only = false;  // Stop before anything is written: a what-if.
  ChangeGuard guard;           // Optional; asked once the changes are valid.
  // ABORTED unless what would be committed has the effect of this plan.
  std::optional<PlanToken> plan;
  // FAILED_PRECONDITION if it takes more than this share of the licenses that are held, in percent.
  // Not asked of a what-if.
  std::optional<int32_t> max_removed_percent;
};

// Committed, or refused by the door, or only looked at.
struct CommitResult {
  // Of the commit; of the state that it was tried on if nothing was written.
  uint64_t revision = 0;
  Time committed_at;

  bool wrote = false;  // A revision was made.

  // The same request was committed before. `revision` is of then, `reply` what was kept; everything
  // below is empty.
  bool replayed = false;
  std::string reply;

  // What Validate says. With errors nothing was written.
  std::vector<ValidationError> errors;
  size_t more_errors = 0;
  std::vector<Warning> warnings;
  size_t more_warnings = 0;

  // How licenses change, never null but for a replay; and the states before and after. `after` may
  // be one that never was (validate_only): its `facts` are those before the change.
  std::shared_ptr<const LicenseDelta> delta;
  TenantStatePtr before;
  TenantStatePtr after;

  // Changes of facts that the commit makes, cascades included.
  size_t facts_put = 0;
  size_t facts_deleted = 0;
};

}  // namespace seatwise
