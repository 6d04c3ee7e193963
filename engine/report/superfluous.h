// What users have more than once: a SKU by two ways, or plans by two SKUs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"

namespace seatwise {

// A SKU that a user is assigned directly and by a group as well.
struct DoubleAssignment {
  SkuNo sku = 0;
  std::vector<uint32_t> groups;               // By id; at least one.
  LicenseState state = LicenseState::kError;  // O2.
  bool direct_granted = false;
  // Plans that the direct claim enables and no granted claim of a group does; over the plans of
  // LiveState::catalog(). Empty if it is not granted.
  std::vector<uint64_t> added_plans;
};

// Those of one user, who exists, by the id of the SKU.
std::vector<DoubleAssignment> DoubleAssignmentsOf(const LiveState& state, uint32_t user);

// Users that hold both SKUs, neither of them off (S4), where whatever `sku` enables for them (O3),
// which is something, is enabled by `within` as well. Of two that enable the same, `sku` is the one
// with the smaller id.
struct SkuOverlap {
  SkuNo sku = 0;
  SkuNo within = 0;
  int64_t users = 0;             // At least 1.
  std::vector<uint32_t> sample;  // Some of them, the first by id.
};

// By users, most first; then by the ids of `sku` and `within`. Only of `sku`, if it is given. Takes
// the time of a look at each user, and at each pair of SKUs in each different answer.
std::vector<SkuOverlap> SkuOverlapsOf(const LiveState& state, std::optional<SkuNo> sku,
                                      size_t sample_size);

}  // namespace seatwise
