// The summary of a reconciliation as JSON, for programs.
#pragma once

#include <string>

#include "cli/reconciliation.h"
#include "cli/summary.h"

namespace seatwise::cli {

// One object; docs/cli.md lists its keys, which are stable. Ends with a line end. `out` is empty if
// nothing was written.
std::string SummaryJson(const Summary& summary, const Reconciliation& run, const std::string& from,
                        const std::string& out);

// What a rejected folder is answered with: {"error_count":N,"errors":[...]}, of the errors at most
// kMaxReportedErrors.
std::string RejectionJson(const ReadReport& report);

}  // namespace seatwise::cli
