// What a change that is tried out gives to whom, and takes from whom.
#pragma once

#include <cstdint>

#include "engine/incremental/live_state.h"
#include "engine/model/license_delta.h"
#include "engine/plan/fix.h"

namespace seatwise {

// Of a change from `before` to `after`, by `delta`, seen by `user`, who is there in both. Takes the
// time of a look at each user of the delta.
FixEffect EffectOf(const LiveState& before, const LiveState& after, const LicenseDelta& delta,
                   uint32_t user);

}  // namespace seatwise
