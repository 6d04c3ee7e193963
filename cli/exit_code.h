// What the process tells its caller. Stable: scripts depend on it (docs/cli.md).
#pragma once

namespace seatwise::cli {

// Numbers that other tools give a meaning of their own (64 to 78, 126 and above) are not used.
enum class ExitCode : int {
  kOk = 0,
  kFailed = 1,       // What was asked for could not be done: a disk is full, a folder is missing.
  kUsage = 2,        // The command line makes no sense.
  kNotFound = 3,     // What was named does not exist.
  kConflict = 4,     // What is there does not allow it, or is there already.
  kUnavailable = 5,  // No server answers, or it cannot at the moment.
  kDenied = 6,       // The server does not allow it to this caller.
  kRejected = 7,     // The input was read and is not valid; nothing was written.
};

}  // namespace seatwise::cli
