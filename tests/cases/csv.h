// A CSV table by the letter of RFC 4180, for files that are known to be well-formed. Test only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace seatwise::cases {

// A row: the cells by the names of their columns.
using Row = std::map<std::string, std::string>;

// The rows below the header, in order. A byte order mark is skipped, rows end in LF or CRLF, the
// last one may end without. Dies on a row that is shorter or longer than the header.
std::vector<Row> ReadCsv(absl::string_view text);

}  // namespace seatwise::cases
