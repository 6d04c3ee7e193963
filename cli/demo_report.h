// What `seatwise demo` shows.
#pragma once

#include <string>

#include "cli/remote_state.h"
#include "cli/style.h"

namespace seatwise::v1 {
class ExplainLicenseResponse;
class ListViolationCausesResponse;
}  // namespace seatwise::v1

namespace seatwise::cli {

// What the demo found out. The referred objects outlive it.
struct DemoFindings {
  const RemoteState& state;
  double seconds;  // What it all took.
  const v1::ListViolationCausesResponse& causes;
  const v1::ExplainLicenseResponse& explained;  // One user.
};

// Figures, seats as bars, rejected claims by cause, and one user explained.
std::string DemoReport(const DemoFindings& findings, const Style& style);

}  // namespace seatwise::cli
