// The oracle: what the semantics say, taken literally. Test only.
#pragma once

#include "engine/model/derived.h"
#include "engine/model/facts.h"

namespace seatwise {

// The derived state of valid facts (engine/model/validate.h), by sections 2 to 7 of the semantics.
// Time grows with the square of the number of claims. Any thread.
Derived DeriveReference(const Facts& facts);

}  // namespace seatwise
