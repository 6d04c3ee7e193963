// A reconciliation: everything recomputed in batch from the facts of one revision, and compared
// with what the server answers at that revision. Any difference is a mistake of the server.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "engine/model/license_delta.h"
#include "seatwise/v1/reconciliation_service.pb.h"
#include "service/tenant_state.h"

namespace seatwise {

struct ReconciliationOptions {
  size_t sample_size = 100;  // Differences to keep one by one.
  // The revision of the run before, if there was one.
  std::optional<uint64_t> previous_revision;
  // Told when each stage begins; may be empty.
  std::function<void(v1::RunReconciliationMetadata::Stage)> progress;
};

// Runs one on the threads of `executor`; blocks for as long as a load of the tenant takes. Fills in
// everything but names and times. against_previous is the sum of the deltas in between, and absent
// if their journal is no longer kept.
absl::StatusOr<v1::Reconciliation> Reconcile(const TenantState& state,
                                             const ReconciliationOptions& options,
                                             Executor& executor);

// A delta as a difference, users and SKUs named. `state` knows the users.
absl::StatusOr<v1::Difference> DifferenceMessage(const LicenseDelta& delta,
                                                 const TenantState& state, size_t sample_size);

}  // namespace seatwise
