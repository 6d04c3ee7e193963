// What `seatwise demo` shows.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "cli/remote_state.h"
#include "cli/style.h"

namespace seatwise::cli {

// Figures, seats as bars, rejected claims by cause, and one user explained. `seconds` is what it
// all took; `explained` is the id of a user.
std::string DemoReport(const RemoteState& state, double seconds, absl::string_view explained,
                       const Style& style);

}  // namespace seatwise::cli
