// What is legal in a tenant, but probably a mistake (warning.h).
#pragma once

#include <vector>

#include "engine/model/columns.h"
#include "engine/model/warning.h"

namespace seatwise {

// All warnings of a whole tenant, by reason and then by the numbers of what they are about.
// kDisabledPlanNotInSku and kRequirementDropped are not among them: columns do not know.
//
// Nothing is assumed about users: "assigned" means that any assignment exists, "member" any user by
// M1 or M2. Linear in the tenant; a few milliseconds for a million memberships.
std::vector<Warning> Lint(const Columns& columns);

}  // namespace seatwise
