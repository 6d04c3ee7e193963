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

// Plans of a tenant. Plan sets are bit sets over them; Microsoft's whole catalog has about 723.
inline constexpr size_t kMaxPlans = 16'384;

// SKUs of a tenant. Microsoft's whole catalog has about 569.
inline constexpr size_t kMaxSkus = 16'384;

// Users and groups of a tenant: numbers are 32 bits, with room for marks.
inline constexpr size_t kMaxUsers = size_t{1} << 30;
inline constexpr size_t kMaxGroups = size_t{1} << 30;

// Memberships of a tenant: positions are 32 bits.
inline constexpr size_t kMaxMemberships = 4'000'000'000;

// Errors that Validate collects and that a reader prints; the rest is counted.
inline constexpr size_t kMaxReportedErrors = 100;

}  // namespace seatwise
