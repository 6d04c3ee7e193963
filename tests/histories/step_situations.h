// Which situations a step of a history brings about, so that random histories cannot silently go
// dull. Test only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/model/derived.h"
#include "engine/model/facts.h"

namespace seatwise::histories {

// A tenant, all that is derived, and what tests/worlds/situations.h sees in it.
struct Scene {
  Facts facts;
  Derived derived;
  std::set<std::string> situations;
};

// What differs between two scenes, by name: kinds of changes ("member in"), and what came of them
// ("a chain of seats moved").
std::set<std::string> FindStepSituations(const Scene& before, const Scene& after);

// The names of all situations that FindStepSituations knows.
std::vector<std::string> AllStepSituations();

}  // namespace seatwise::histories
