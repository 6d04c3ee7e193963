// What names the effect of a change: equal effects have equal tokens.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"
#include "engine/model/license_delta.h"

namespace seatwise {

// A digest of how licenses change between two states, `delta`. Users count by their ids, so the
// same change planned and applied has the same token also where others create users in between.
// Takes the time of a look at each user of the delta.
std::string PlanToken(const LicenseDelta& delta, const LiveState& before, const LiveState& after);

// Whether `token` has the form of one.
bool IsPlanToken(absl::string_view token);

}  // namespace seatwise
