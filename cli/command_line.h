// The command line as a whole: which verbs there are, and what is said to a wrong one.
#pragma once

#include "cli/console.h"
#include "cli/exit_code.h"

namespace seatwise::cli {

// Parses the arguments of main, and runs the verb that they name.
ExitCode RunCommandLine(int argc, const char* const* argv, Console& console);

}  // namespace seatwise::cli
