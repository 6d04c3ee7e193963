// Which situations a tenant brings about, so that random tenants cannot silently go dull. Test
// only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/model/derived.h"
#include "engine/model/facts.h"

namespace seatwise::worlds {

// The situations of a tenant, by names that cite the rules: "K4 against a SKU that is off".
// `derived` must be the tenant's state.
std::set<std::string> FindSituations(const Facts& facts, const Derived& derived);

// The names of all situations that FindSituations knows.
std::vector<std::string> AllSituations();

}  // namespace seatwise::worlds
