// How the licenses of a tenant differ between two revisions (L2): what the engine hands out for
// each change, and what the journal keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/model/shared_plan_ids.h"

namespace seatwise {

// What a user has of a SKU: a License (O1 to O3) without its key.
struct LicenseValue {
  LicenseState state = LicenseState::kError;
  SharedPlanIds enabled_plans;  // O3: empty if not held.

  friend bool operator==(const LicenseValue&, const LicenseValue&) = default;
  friend bool operator<(const LicenseValue& x, const LicenseValue& y) {
    return std::tie(x.state, x.enabled_plans) < std::tie(y.state, y.enabled_plans);
  }
};

// The licenses that differ. Equal differences are equal values: the runs ascend by (sku, before,
// after), nothing before something and then by LicenseValue, and no two have all three in common.
// Deltas add up: those of all commits between two revisions, one after the other, give the
// difference of these revisions.
struct LicenseDelta {
  // Users for whom the license of one SKU changed in the same way.
  struct Run {
    SkuId sku;
    // Nothing: no claim of the user asks for the SKU (or there is no such user or SKU). Never
    // equal.
    std::optional<LicenseValue> before;
    std::optional<LicenseValue> after;
    std::vector<uint32_t> users;  // Numbers (numbers.h), ascending; at least one.

    friend bool operator==(const Run&, const Run&) = default;
  };

  std::vector<Run> runs;

  bool empty() const { return runs.empty(); }

  friend bool operator==(const LicenseDelta&, const LicenseDelta&) = default;
};

// The order of a delta's runs.
inline bool operator<(const LicenseDelta::Run& x, const LicenseDelta::Run& y) {
  return std::tie(x.sku, x.before, x.after) < std::tie(y.sku, y.before, y.after);
}

}  // namespace seatwise
