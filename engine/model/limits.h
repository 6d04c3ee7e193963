// Every limit of what a tenant may hold, with its reason. A value over its limit is a caller's
// mistake and is reported as one; nothing is cut off silently.
#pragma once

#include <cstddef>
#include <cstdint>

namespace seatwise {

// Ids of all kinds: longer than any directory's ids, short enough for keys.
inline constexpr size_t kMaxIdBytes = 128;

// Units of a subscription and overage of a SKU. 10^12 times 9 million subscriptions still adds up
// in 64 bits.
inline constexpr int64_t kMaxUnits = 1'000'000'000'000;

// retention_days: a century.
inline constexpr int32_t kMaxRetentionDays = 36'500;

// Any text of a fact (names, addresses, rules, attribute values): bounds a record.
inline constexpr size_t kMaxTextBytes = 65'536;

// All ids and texts of one fact together: fits a message of gRPC (4 MiB) and a batch of the store
// (10 MB), and a SKU with kMaxPlans ids of kMaxIdBytes fits.
inline constexpr size_t kMaxFactBytes = 3 << 20;

// Plans of a tenant. Plan sets are bit sets over them; Microsoft's whole catalog has about 723.
inline constexpr size_t kMaxPlans = 16'384;

// SKUs of a tenant. Microsoft's whole catalog has about 569.
inline constexpr size_t kMaxSkus = 16'384;

// Relations of plans. Each requirement takes a plan set (2 KiB at most). Real catalogs have dozens
// to thousands.
inline constexpr size_t kMaxPlanConflicts = 1'000'000;
inline constexpr size_t kMaxPlanRequirements = 65'536;
inline constexpr size_t kMaxPlanProhibitions = 1'000'000;

// Subscriptions of a tenant: keeps the sum of their units in 64 bits (kMaxUnits).
inline constexpr size_t kMaxSubscriptions = 1'000'000;

// Users and groups of a tenant: numbers are 32 bits, with room for marks.
inline constexpr size_t kMaxUsers = size_t{1} << 30;
inline constexpr size_t kMaxGroups = size_t{1} << 30;

// Memberships, assignments and observed licenses of a tenant: positions are 32 bits.
inline constexpr size_t kMaxMemberships = 4'000'000'000;
inline constexpr size_t kMaxAssignments = 4'000'000'000;
inline constexpr size_t kMaxObserved = 4'000'000'000;

// Changes of a set that is linted. Larger ones are imports; for these a look at the whole tenant
// (lint.h) is cheaper than a look around each change.
inline constexpr size_t kMaxLintedChanges = 10'000;

// Facts that linting a change set looks at, besides a few for each change: a warning is worth some
// milliseconds, not a walk through a group of a million.
inline constexpr size_t kMaxLintSteps = 10'000;

// Errors that Validate collects and that a reader prints; the rest is counted.
inline constexpr size_t kMaxReportedErrors = 100;

}  // namespace seatwise
