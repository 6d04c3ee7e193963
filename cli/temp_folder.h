// A folder for a while.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace seatwise::cli {

// Makes an empty folder that nobody else can read, below $TMPDIR or /tmp, and returns its path. It
// is removed with all that is in it when this process ends, be it by SIGINT, SIGTERM, SIGHUP or a
// crash.
//
// What returns is a child of the process that called: that one waits for it, passes these signals
// on, removes the folder and ends as the child ended. So nothing writes into the folder any more
// while it is removed. To be called while the process has a single thread and nothing waits to be
// printed.
absl::StatusOr<std::string> MakeTempFolder();

}  // namespace seatwise::cli
