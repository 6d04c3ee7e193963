// The same tenant to the rules, another to the eye. Test only.
#pragma once

#include <cstdint>

#include "engine/model/facts.h"

namespace seatwise::worlds {

// Facts from which the same state must follow: rows in another order, other times and priorities
// with the same order among them, and other values of all that no rule looks at.
Facts Disguise(Facts facts, uint64_t seed);

}  // namespace seatwise::worlds
