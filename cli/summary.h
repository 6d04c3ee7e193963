// What a reconciliation came to, in numbers: the same for text, JSON and whatever comes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/executor.h"
#include "engine/model/derived.h"
#include "engine/model/derived_view.h"

namespace seatwise::cli {

inline constexpr int kLicenseStates = 4;

// The seats of one SKU, and what it is called. Names as stored, not yet printable.
struct NamedSeats {
  SeatUsage usage;
  std::string part_number;
  std::string display_name;
};

// Counts of one tenant.
struct Summary {
  int64_t users = 0;
  int64_t groups = 0;
  int64_t licensed_groups = 0;
  int64_t skus = 0;
  int64_t service_plans = 0;
  int64_t user_memberships = 0;   // Users directly in groups.
  int64_t group_memberships = 0;  // Groups directly in groups.
  int64_t direct_assignments = 0;
  int64_t group_assignments = 0;

  ClaimCounts claims;
  std::array<int64_t, kLicenseStates> licenses = {};  // By LicenseState.
  int64_t users_without_license = 0;                  // With claims, but holding no SKU.
  int64_t users_active_with_error = 0;  // With a license that is ACTIVE_WITH_ERROR (O2).

  std::vector<NamedSeats> seats = {};  // By SKU; every SKU.
};

// One pass over all users.
Summary Summarize(const DerivedView& view, Executor& executor);

// The SKUs with overrun (O7), largest first; then by id.
std::vector<NamedSeats> ShortSeats(const Summary& summary);

// The SKUs with available seats (O5), most first; then by id.
std::vector<NamedSeats> UnusedSeats(const Summary& summary);

}  // namespace seatwise::cli
