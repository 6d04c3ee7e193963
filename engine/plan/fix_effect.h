// What a change that is tried out gives to whom, and takes from whom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/incremental/live_state.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "engine/plan/fix.h"

namespace seatwise {

// Whether a license is held (O1).
bool IsHeld(const std::optional<LicenseValue>& value);
// Whether something of `from`, the SKU or a plan of it, is not in `to`.
bool Loses(const std::optional<LicenseValue>& from, const std::optional<LicenseValue>& to);

// The `most` smallest ids of some users, ascending.
std::vector<UserId> SmallestIds(const LiveState& state, const std::vector<uint32_t>& users,
                                size_t most);

// Of a change from `before` to `after`, by `delta`, seen by `user`, who is there in both. Takes the
// time of a look at each user of the delta.
FixEffect EffectOf(const LiveState& before, const LiveState& after, const LicenseDelta& delta,
                   uint32_t user);

}  // namespace seatwise
