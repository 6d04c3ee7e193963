// Columns, as they are read from a folder, in the form that the live engine starts from.
#pragma once

#include "engine/model/columns.h"
#include "engine/model/loaded_facts.h"

namespace seatwise {

// Numbers are ranks. Columns do not have all facts: users are as old as each other, but for those
// that clash about an address and its owner, which have that address and no other; a SKU has one
// subscription for its usable units and one for those that are parked.
LoadedFacts LoadedFromColumns(Columns columns);

}  // namespace seatwise
