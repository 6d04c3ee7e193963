// Facts as values in the form that engines load. Test only.
#pragma once

#include "engine/model/facts.h"
#include "engine/model/loaded_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise::histories {

// What a store would load of `facts`, which are valid; every user and group has its number.
LoadedFacts LoadFacts(const Facts& facts, const Numbers& numbers);

}  // namespace seatwise::histories
