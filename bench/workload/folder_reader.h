// Reads back what tests had written: a table per file, no more checks than a test needs.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace seatwise::workload {

// The rows of a CSV file below its header, cells unquoted. A file that cannot be read is empty.
using Table = std::vector<std::vector<std::string>>;

// The bytes of a file; empty if it cannot be read.
std::string ReadText(const std::string& path);
// The rows of `folder`/`name`.
Table ReadTable(const std::string& folder, absl::string_view name);

}  // namespace seatwise::workload
