// Derived state in the words of a scenario: what a failure shows can be pasted into the file.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"

namespace seatwise::golden {

// `Count`: the name in files without its "Violation".
absl::string_view ShortName(ViolationCode code);

// `place 1`; "" for a violation without details.
std::string Details(const Violation& violation);

// `staff`, or `direct` for the user's own assignment.
std::string SourceName(const Principal& source);

// The items of the user's rejected claims that ask for the SKU, in the order of Derived.
std::vector<const ClaimItem*> Rejected(const Derived& derived, const License& license);

// The licenses of a user, by SKU.
std::vector<const License*> LicensesOf(const Derived& derived, const UserId& user);

// O4.
PlanIdSet EffectivePlans(const Derived& derived, const UserId& user);

// `ana: E3 Active [DOCS,MAIL], E5 Error Count(place 1) by staff`, `ana: nothing`.
std::string DescribeUser(const Derived& derived, const UserId& user);

// `ana uses DOCS,MAIL`, `ana uses nothing`.
std::string DescribeUse(const UserId& user, const PlanIdSet& plans);

// `E3 1/1 waiting 1 overrun 1`; as long as that says all that changes from step to step.
std::string DescribeSeats(const SeatUsage& seats);

// The same, with usable, parked and available.
std::string DescribeAllOf(const SeatUsage& seats);

// `group staff: 3 members, 2 licensed, 1 with errors`.
std::string DescribeGroup(const GroupStatus& status);

}  // namespace seatwise::golden
