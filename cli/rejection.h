// How a rejected input is reported to people.
#pragma once

#include <string>

#include "cli/console.h"
#include "cli/exit_code.h"
#include "interchange/read_report.h"

namespace seatwise::cli {

// Writes the errors to stderr, one a line, at most kMaxReportedErrors of them and how many more
// there are. `what` is what was rejected. Answers kRejected.
ExitCode ReportRejection(const ReadReport& report, const std::string& what, Console& console);

}  // namespace seatwise::cli
