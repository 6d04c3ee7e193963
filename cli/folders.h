// Checks of the folders that a command line names, made before any work.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace seatwise::cli {

// `from` is a folder that can be listed.
absl::Status CheckInputFolder(const std::string& from);

// `out` is a folder that can be written to, or could be made. Nothing is made.
absl::Status CheckOutputFolder(const std::string& out);

// True if both paths lead to the same existing file or folder.
bool AreSame(const std::string& a, const std::string& b);

}  // namespace seatwise::cli
