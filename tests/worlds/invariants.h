// What holds of every derived state, whatever engine made it. Test only.
#pragma once

#include <string>

#include "engine/model/derived.h"
#include "engine/model/facts.h"

namespace seatwise::worlds {

// The first thing that is wrong, with the rule it breaks; "" if nothing is. Knows no engine and
// does not derive anything again: it looks at what must hold between facts and results.
std::string FindBrokenInvariant(const Facts& facts, const Derived& derived);

}  // namespace seatwise::worlds
