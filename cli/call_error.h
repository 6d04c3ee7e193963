// What to say of a call that failed, and which exit code it is.
#pragma once

#include "absl/status/status.h"
#include "cli/console.h"
#include "cli/exit_code.h"

namespace seatwise::cli {

// Complains of `status`, which is not OK: the message, each bad field, and what to do if the
// message does not say. Answers the exit code that docs/cli.md gives for it.
ExitCode ReportCallError(const absl::Status& status, Console& console);

}  // namespace seatwise::cli
