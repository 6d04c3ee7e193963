// Where a user is probably at home.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/incremental/live_state.h"
#include "engine/model/location.h"

namespace seatwise {

// The locations that most colleagues have: members of the user's groups, or else the first users by
// id; some of them are looked at. At most 3, the most frequent first; US if nobody has one.
std::vector<Location> LikelyLocations(const LiveState& state, uint32_t user);

}  // namespace seatwise
