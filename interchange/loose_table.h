// Small CSV files that others made, with what such files have: columns in their own spelling, more
// columns than are needed, stray spaces, blank lines, and bytes that are not UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "interchange/row_error.h"

namespace seatwise {

// A column that is needed.
struct LooseColumn {
  // What it may be called, in lower case and without anything but letters and digits: "skuguid" is
  // "sku_guid", "SKU Guid" and "Sku_ GUID".
  std::vector<absl::string_view> names;
};

struct LooseRow {
  int64_t line = 0;
  // By needed column: the text, cleaned, and where it stood in the file, from 1.
  std::vector<std::string> cells;
  std::vector<int> columns;
};

struct LooseTable {
  std::vector<LooseRow> rows;
  int64_t reencoded_cells = 0;  // Cells that were Windows-1252.
};

// Reads the file at `path`. Errors, under the name of the path: a column that is missing or twice,
// and all that is not CSV.
LooseTable ReadLooseTable(const std::string& path, absl::Span<const LooseColumn> columns,
                          ErrorList& errors);

// `text` in UTF-8, without spaces at its ends, and with one plain space for each run of spaces, no-
// break spaces, tabs and line breaks inside.
std::string CleanText(absl::string_view text);

// Windows-1252 as UTF-8. Bytes that mean nothing there become U+FFFD.
std::string FromWindows1252(absl::string_view text);

}  // namespace seatwise
