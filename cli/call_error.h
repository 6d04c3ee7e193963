// What to say of a call that failed, and which exit code it is.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/console.h"
#include "cli/exit_code.h"

namespace seatwise::cli {

// What `status`, which is not OK, says: the message, then each further problem. Of changes each
// says in which it is, unless all are in the first; of other requests in which field.
std::vector<std::string> CallErrorLines(const absl::Status& status);

// Complains of `status` in these lines. Answers the exit code that docs/cli.md gives for it.
ExitCode ReportCallError(const absl::Status& status, Console& console);

}  // namespace seatwise::cli
