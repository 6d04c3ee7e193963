// Columns of a tenant that is at hand as values.
#pragma once

#include "engine/model/columns.h"
#include "engine/model/facts.h"

namespace seatwise {

// The columns of `facts`, which must be valid. For small tenants: facts as values are large.
Columns ColumnsFromFacts(const Facts& facts);

}  // namespace seatwise
