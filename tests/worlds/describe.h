// A tenant as text that a person can read and that parse_tenant.h reads back.
#pragma once

#include <string>

#include "engine/model/facts.h"

namespace seatwise::worlds {

// The form of parse_tenant.h, one fact a line, without what is default or implied. Names, prices,
// subscription ids and observed facts are left out: the derived state does not depend on them.
std::string Describe(const Facts& facts);

}  // namespace seatwise::worlds
