// What two derived states differ in, in words. Test only.
#pragma once

#include <string>

#include "engine/model/derived.h"

namespace seatwise::worlds {

// The first rows that are only in `want` ("- ") or only in `got` ("+ "), table by table; "" if
// the states are equal.
std::string DiffDerived(const Derived& want, const Derived& got);

}  // namespace seatwise::worlds
