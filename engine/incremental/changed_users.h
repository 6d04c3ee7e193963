// Whose answer differs between two versions of a tenant.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"

namespace seatwise {

// A user, and what became of the claims; nullptr is a user without claims, or none. The same
// outcome twice can still be another answer: SKUs have gone off or come back, or are full.
struct ChangedUser {
  uint32_t user = 0;
  const Outcome* before = nullptr;
  const Outcome* after = nullptr;
};

// All users whose licenses or whose items' violations are not the same in both versions, of which
// `after` follows from `before` by changes; and some others. Ascending by number, each once. The
// time follows how many they are, not the tenant, unless most have another answer. The outcomes
// live as long as the versions.
std::vector<ChangedUser> ChangedUsers(const LiveParts& before, const LiveParts& after);

}  // namespace seatwise
