// Why one user has what it has, as rows: each SKU with its sources, what these ask for and lack.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"

namespace seatwise {

// A place in the queue for a seat (O8).
struct QueuePosition {
  int64_t place = 0;            // 1 is next.
  int64_t waiting = 0;          // O6.
  std::vector<uint32_t> ahead;  // Users before this one, from the front; some of them.
};

// One item of a claim.
struct SourceExplanation {
  ClaimItem item;                       // With all details.
  std::vector<uint32_t> path;           // GroupPaths::To; empty if direct.
  std::vector<uint64_t> plans;          // C1. Both over the plans of LiveState::catalog().
  std::vector<uint64_t> without_plans;  // The USER plans of the SKU that it leaves out.
  int32_t priority = 0;                 // C5, these three.
  Time since;
  Time joined;
  std::optional<QueuePosition> queue;  // There iff the item has COUNT.
};

// One SKU that some claim asks for.
struct LicenseExplanation {
  SkuNo sku = 0;
  LicenseState state = LicenseState::kError;  // O2.
  std::vector<uint64_t> enabled_plans;        // O3.
  SeatUsage seats;
  std::vector<SourceExplanation> sources;  // Direct first, then by the id of the group.
};

// How many users QueuePosition::ahead names at most.
inline constexpr size_t kMostAhead = 10;

// By the id of the SKU; only `sku`, if it is given. `user` exists.
std::vector<LicenseExplanation> ExplainLicenses(const LiveState& state, uint32_t user,
                                                std::optional<SkuNo> sku = std::nullopt);

}  // namespace seatwise
