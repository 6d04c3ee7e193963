// Random tenants whose every text is as nasty as it may be. Test only.
#pragma once

#include <random>

#include "engine/model/facts.h"

namespace seatwise {

// Valid facts with a few of everything; rows in random order.
Facts RandomFacts(std::mt19937& random);

// The same facts in an order that does not depend on how they came.
Facts Sorted(Facts facts);

}  // namespace seatwise
