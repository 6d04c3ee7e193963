// What a derived state gives to users, and what a later one takes from them, for tests that judge
// effects by recomputation.
#pragma once

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/btree_map.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"

namespace seatwise {

using HeldKey = std::pair<UserId, SkuId>;
// The enabled plans of what is held (O1).
using Held = absl::btree_map<HeldKey, PlanIdSet>;

inline Held HeldOf(const Derived& derived) {
  Held held;
  for (const License& license : derived.licenses) {
    if (license.held()) held[{license.user, license.sku}] = license.enabled_plans;
  }
  return held;
}

// What was in `before` and is not, or not with all its plans, in `after`.
inline std::set<HeldKey> Lost(const Held& before, const Held& after) {
  std::set<HeldKey> lost;
  for (const auto& [key, plans] : before) {
    const auto now = after.find(key);
    const bool all = now != after.end() && std::includes(now->second.begin(), now->second.end(),
                                                         plans.begin(), plans.end());
    if (!all) lost.insert(key);
  }
  return lost;
}

// The users among them.
inline std::set<UserId> Losing(const Held& before, const Held& after) {
  std::set<UserId> users;
  for (const HeldKey& key : Lost(before, after)) users.insert(key.first);
  return users;
}

}  // namespace seatwise
