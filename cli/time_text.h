// Times for people: files and programs have UTC.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "cli/style.h"

namespace seatwise::cli {

// `utc` is a time as files have it. On a terminal: what the reader's clock shows, to the second, as
// in "2026-11-26 10:30:14 +0100"; TZ says where that is. Elsewhere, and if it is no time: as it is.
std::string TimeForReader(absl::string_view utc, const Style& style);

}  // namespace seatwise::cli
