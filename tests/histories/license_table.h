// Licenses by user number, and the differences of such tables computed the slow and sure way. Test
// only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "tests/histories/numbers.h"

namespace seatwise::histories {

// Every license of a tenant.
using LicenseTable = std::map<std::pair<uint32_t, SkuId>, LicenseValue>;

// The licenses of a state. Every user with one has a number.
LicenseTable LicensesOf(const Derived& derived, const Numbers& numbers);

// How the tables differ, in canonical form.
LicenseDelta Difference(const LicenseTable& before, const LicenseTable& after);

// Makes the changes of the delta; what cannot be made is described, and is the end: a run whose
// `before` is not what the table has. "" if all is well.
std::string AddTo(LicenseTable& table, const LicenseDelta& delta);

// `E3: nothing -> Active DOCS,MAIL: 0 3 7`, one run a line.
std::string DescribeDelta(const LicenseDelta& delta);

}  // namespace seatwise::histories
