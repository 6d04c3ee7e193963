// What is derived, as messages.
#pragma once

#include "absl/strings/string_view.h"
#include "engine/model/derived.h"
#include "engine/model/derived_view.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "seatwise/v1/impact.pb.h"
#include "seatwise/v1/license.pb.h"

namespace seatwise {

// O2.
v1::EffectiveLicense::State ToProto(LicenseState state);
// K1 to K7.
v1::ViolationCode ToProto(ViolationCode code);
// Without whose it is: replies say that once.
v1::EffectiveLicense ToProto(const License& license);
// A side of a delta.
v1::LicenseValue ToProto(const LicenseValue& value);
// A user for a direct assignment, else a group.
v1::Source ToProto(const Principal& source);
// With its details.
v1::Violation ToProto(const Violation& violation);
// With all details.
v1::ClaimItem ToProto(const ClaimItem& item);
// With what follows from the counts.
v1::SeatUsage ToProto(const SeatUsage& seats);

// Adds the codes of a set, in display order.
void AddCodes(ViolationMask codes, v1::ClaimItem& item);

}  // namespace seatwise
