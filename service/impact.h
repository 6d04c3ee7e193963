// What a change does to what users have, for those who look before they leap.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "engine/incremental/live_state.h"
#include "engine/model/license_delta.h"
#include "seatwise/v1/impact.pb.h"

namespace seatwise {

// How many licenses and claim items are shown one by one: the default for 0. OUT_OF_RANGE unless
// `sample_size` is from 0 to 1,000.
absl::StatusOr<size_t> SampleSizeOf(int32_t sample_size);

// The effect of a change from `before` to `after`, `delta`. Violations are those of users with a
// license that differs. Takes the time of a look at each user of the delta and each SKU.
v1::Impact ImpactOf(const LicenseDelta& delta, const LiveState& before, const LiveState& after,
                    size_t sample_size);

}  // namespace seatwise
