// Derived state as the rows of the tables that are expected (semantics section 10). Test only.
#pragma once

#include <string>
#include <vector>

#include "engine/model/derived.h"
#include "tests/cases/csv.h"

namespace seatwise::cases {

// licenses.csv.
std::vector<Row> LicenseRows(const Derived& derived);

// claims.csv.
std::vector<Row> ClaimRows(const Derived& derived);

// seats.csv.
std::vector<Row> SeatRows(const Derived& derived);

// The rows of one table that are only in `want` or only in `got`, at most `limit` of each, as text;
// "" if both have the same rows, in any order.
std::string DiffRows(std::vector<Row> want, std::vector<Row> got, size_t limit);

}  // namespace seatwise::cases
