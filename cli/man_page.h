// Man pages.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "cli/command_tree.h"

namespace seatwise::cli {

// The name of a command's page, without the section: "seatwise-user".
std::string ManPageName(const Command& command);

// The page of the program or of a verb, as man(7) has it: a verb's second words are on its page.
// `version` is that of the program.
std::string ManPage(const Command& command, absl::string_view version);

}  // namespace seatwise::cli
