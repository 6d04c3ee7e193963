// Which groups a user or group is in, by numbers.
#pragma once

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "storage/fact_keys.h"
#include "storage/store.h"

namespace seatwise {

// Visits the groups that `member` is directly in, ascending from `from` on, until a visit answers
// false. Errors of Snapshot::Scan and DATA_LOSS.
absl::Status ForEachGroupOf(const Snapshot& snapshot, TenantNumber tenant, NumberedPrincipal member,
                            uint32_t from, absl::FunctionRef<bool(uint32_t group)> visit);

// The same for the groups that are directly in a group.
absl::Status ForEachInnerGroup(const Snapshot& snapshot, TenantNumber tenant, uint32_t group,
                               absl::FunctionRef<bool(uint32_t inner)> visit);

}  // namespace seatwise
