// Holds what a scenario states against what an engine derives.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "tests/golden/scenario.h"

namespace seatwise::golden {

// All that is wrong, in the order of the scenario: `file:line: ` and what is stated, and what is
// derived. A user or SKU that a step changes without stating it is wrong as well:
//
//   - a user, if its line (describe.h) differs in anything: states, plans, rejected claims,
//   details;
//   - a SKU, if consumed, capacity, waiting, overrun or off differ. A new SKU counts as one that
//     nobody held or waited for.
//
// What groups have and what users can use follows from these and may be stated.
std::vector<std::string> RunScenario(const Scenario& scenario,
                                     const std::function<Derived(const Facts&)>& derive);

}  // namespace seatwise::golden
