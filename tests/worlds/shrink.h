// Makes a tenant that fails as small as it can be. Test only.
#pragma once

#include <functional>

#include "engine/model/facts.h"

namespace seatwise::worlds {

// Removes rows (with all that names them) and sets values to their defaults as long as `fails`
// stays true; `fails(facts)` must be true at the start. In the end no single such step is left.
// Calls `fails` with valid facts only, a few hundred times for a small tenant.
Facts Shrink(Facts facts, const std::function<bool(const Facts&)>& fails);

}  // namespace seatwise::worlds
