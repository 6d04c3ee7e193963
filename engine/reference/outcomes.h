// Section 7: what follows from what was granted. Test only.
#pragma once

#include <vector>

#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/reference/claims.h"
#include "engine/reference/granting.h"
#include "engine/reference/membership.h"

namespace seatwise::reference {

// O1 to O8 of the whole tenant.
Derived ToDerived(const Facts& facts, const MembersOfGroups& members,
                  const std::vector<Claim>& queue, const Outcome& outcome);

}  // namespace seatwise::reference
