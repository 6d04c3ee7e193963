// Cells of CSV that people open in a spreadsheet program.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace seatwise::cli {

// `text` so that no spreadsheet program runs it as a formula: behind a "'" if it begins as one does
// (= + - @, their full-width forms, a tab, CR or LF), at its beginning and behind each ';', which
// some of them take for the end of a cell. Plain numbers stay as they are, negative ones too.
std::string SpreadsheetCell(absl::string_view text);

}  // namespace seatwise::cli
