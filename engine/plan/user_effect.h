// What a change does to one user, in a form that all users share who went from one answer to the
// same other one.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"

namespace seatwise {

// A claim item whose violations differ.
struct ItemEffect {
  bool direct = false;
  uint32_t group = 0;  // 0 if direct.
  SkuNo sku = 0;
  ViolationMask before = 0;  // Empty: granted, or not there.
  ViolationMask after = 0;

  friend bool operator==(const ItemEffect&, const ItemEffect&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const ItemEffect& item) {
    return H::combine(std::move(state), item.direct, item.group, item.sku, item.before, item.after);
  }
};

struct UserEffect {
  bool license_differs = false;      // Some license, in state or plans.
  bool gains_sku = false;            // Holds one and did not (O1).
  bool loses_sku = false;            // The other way round.
  std::vector<ItemEffect> items;     // Direct first, then by the numbers of group and SKU.
  std::vector<PlanNo> plans_gained;  // O4: ascending.
  std::vector<PlanNo> plans_lost;
  std::vector<PlanNo> plans_at_risk;  // Of plans_lost: those that retain data (L3).

  bool empty() const {
    return !license_differs && items.empty() && plans_gained.empty() && plans_lost.empty();
  }
};

// Compares outcomes of a version with those of one that follows from it. Refers to both; any number
// of threads.
class EffectMaker {
 public:
  EffectMaker(const LiveParts& before, const LiveParts& after) : before_(before), after_(after) {}

  // nullptr is a user without claims, or none.
  UserEffect Make(const Outcome* before, const Outcome* after) const;

 private:
  const LiveParts& before_;
  const LiveParts& after_;
};

}  // namespace seatwise
