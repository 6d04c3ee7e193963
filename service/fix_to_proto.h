// Fixes as messages: their changes are what ApplyChanges takes.
#pragma once

#include "absl/strings/string_view.h"
#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/plan/fix.h"
#include "engine/plan/seat_ways.h"
#include "seatwise/v1/explanation.pb.h"
#include "seatwise/v1/fact.pb.h"

namespace seatwise {

// A change of facts of `tenant`.
v1::Change ToProto(absl::string_view tenant, const Change& change);
v1::Fix ToProto(absl::string_view tenant, const Fix& fix);
// For `seats`, as they are.
v1::SeatWay ToProto(absl::string_view tenant, const SeatWay& way, const SeatUsage& seats);

}  // namespace seatwise
