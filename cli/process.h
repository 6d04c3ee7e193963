// What a well-behaved command line program settles before it does anything else.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace seatwise::cli {

// - A reader that goes away and a file that grows too large are errors of a write, not signals.
// - Streams that the caller closed are opened to nothing, so that no file takes their number.
// - `bazel run` starts programs in a folder of its own: paths mean those of whoever typed them.
void PrepareProcess();

// How whoever called the program can call it again: as it was called, and after `bazel run` by the
// link that Bazel leaves in the workspace.
std::string ProgramName(absl::string_view called);

}  // namespace seatwise::cli
