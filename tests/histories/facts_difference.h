// What must be changed about one set of facts to get another. Test only.
#pragma once

#include <vector>

#include "engine/model/change.h"
#include "engine/model/facts.h"

namespace seatwise::histories {

// All facts of a tenant, one after the other.
std::vector<Fact> ListOf(const Facts& facts);

// The changes that make `before` what `after` is, by key; all together they pass the door.
ChangeSet ChangesBetween(const Facts& before, const Facts& after);

}  // namespace seatwise::histories
