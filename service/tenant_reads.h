// How reads find the tenant and the revision that they are for.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "service/tenant_registry.h"
#include "service/tenant_state.h"

namespace seatwise {

// The state of a tenant at `min_revision` or later: loads the tenant if need be, and waits until
// the revision is durable. Blocks. NOT_FOUND, REVISION_NOT_REACHED, OUT_OF_RANGE for a negative
// revision, DEADLINE_PASSED; what loading answers.
absl::StatusOr<TenantStatePtr> ReadTenant(TenantRegistry& registry, absl::string_view tenant,
                                          int64_t min_revision, Deadline deadline);

// The same if it can be had at once, else null: for threads that must not block.
TenantStatePtr ReadLoadedTenant(TenantRegistry& registry, absl::string_view tenant,
                                int64_t min_revision);

}  // namespace seatwise
