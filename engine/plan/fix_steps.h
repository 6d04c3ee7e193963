// Single steps of fixes, made from the facts as they are. Nothing where the facts do not allow the
// step, as when the assignment is gone already; errors where the facts fail.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/derived.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"
#include "engine/plan/draft.h"
#include "engine/plan/fix.h"

namespace seatwise {

using MaybeStep = absl::StatusOr<std::optional<FixStep>>;

// For a user without a location of its own.
MaybeStep SetLocation(const Draft& draft, const UserId& user, Location location);

// Plans that are left out already are no step.
MaybeStep DisablePlans(const Draft& draft, const AssignmentKey& assignment, const PlanIdSet& plans);
MaybeStep EnablePlans(const Draft& draft, const AssignmentKey& assignment, const PlanIdSet& plans);
MaybeStep DropAssignment(const Draft& draft, const AssignmentKey& assignment);

// Directly, in full, with priority 0; where the SKU is not assigned to the user directly yet.
MaybeStep AssignSku(const Draft& draft, const UserId& user, const SkuId& sku, Time now);

// On the SKU's subscription with the smallest id that counts (S1), ENABLED before WARNING; if there
// is none, with a new one.
MaybeStep BuySeats(const Draft& draft, const SkuId& sku, int64_t units);
// One for each subscription of the SKU that is SUSPENDED or LOCKED_OUT, by id.
absl::StatusOr<std::vector<FixStep>> Renewals(const Draft& draft, const SkuId& sku);
// One for each self-service subscription of the SKU that is ENABLED or WARNING, by id: as the
// tenant's own its units count (S1).
absl::StatusOr<std::vector<FixStep>> TakeOvers(const Draft& draft, const SkuId& sku);

// Where the assignment's priority is higher.
MaybeStep LowerPriority(const Draft& draft, const AssignmentKey& assignment, int32_t priority);

// The addresses that clash (K3), in whatever case they are spelled.
MaybeStep DropAddresses(const Draft& draft, const UserId& user,
                        absl::Span<const AddressClash> clashes);
// Where the user is directly in the group.
MaybeStep LeaveGroup(const Draft& draft, const GroupId& group, const UserId& user);

}  // namespace seatwise
