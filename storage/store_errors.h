// How every Store says no, so that all of them say it alike (store.h lists when). Any thread.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "storage/batch.h"
#include "storage/store.h"

namespace seatwise {

// INVALID_ARGUMENT: the number is above kMaxTenant.
absl::Status TenantNumberError(TenantNumber tenant);

// INVALID_ARGUMENT: the batch holds more than kMaxBatchBytes.
absl::Status BatchTooLargeError(const Batch& batch);

// FAILED_PRECONDITION: the tenant's epoch is now `current` (0: it was never opened).
absl::Status StaleOwnerError(const Owner& owner, uint64_t current);

// ABORTED: the condition does not hold.
absl::Status PreconditionError(TenantNumber tenant, const Precondition& condition);

}  // namespace seatwise
