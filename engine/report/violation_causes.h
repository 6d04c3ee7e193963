// Why claims are rejected, by cause instead of by user: forty thousand users with the same trouble
// are one row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"

namespace seatwise {

// Items that have the same violation for the same reason.
struct ViolationCause {
  ViolationCode code = ViolationCode::kOther;  // Never kOther: that has a cause of another code.
  // What asks, unless it does not matter: nothing of it for K1, only the SKU for K6.
  bool direct = false;
  std::optional<uint32_t> group;
  std::optional<SkuNo> sku;
  // The details without what differs from user to user: no clashes of K3, no place of K6, and of
  // K4 the user is empty where a plan comes by a direct assignment.
  Violation details;
  // SKUs that are rejected in the same claims for this (K7), by id.
  std::vector<SkuId> fallen;

  int64_t users = 0;             // At least 1.
  std::vector<uint32_t> sample;  // Some of them: the first by id; by place for K6.
  // What `users` have in common, as one of them has it: the first of the sample.
  ClaimItem example;
};

// Which violations are looked at. All that are set must hold.
struct CauseFilter {
  ViolationMask codes = static_cast<ViolationMask>(~0);
  std::optional<SkuNo> sku;
  std::optional<uint32_t> group;  // Claims that come from it.
};

// By code, then by users, most first. Takes the time of a look at each user, and of Explain for
// each different answer among those with a rejected claim.
std::vector<ViolationCause> CausesOf(const LiveState& state, const CauseFilter& filter,
                                     size_t sample_size);

}  // namespace seatwise
