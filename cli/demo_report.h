// What `seatwise demo` shows.
#pragma once

#include <string>

#include "cli/remote_state.h"
#include "cli/style.h"

namespace seatwise::v1 {
class ExplainLicenseResponse;
}

namespace seatwise::cli {

// Figures, seats as bars, rejected claims by cause, and one user explained. `seconds` is what it
// all took; `explained` is the user.
std::string DemoReport(const RemoteState& state, double seconds,
                       const v1::ExplainLicenseResponse& explained, const Style& style);

}  // namespace seatwise::cli
