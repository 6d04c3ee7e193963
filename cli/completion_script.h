// Scripts by which shells complete the words of a command line.
#pragma once

#include <string>

#include "cli/command_tree.h"

namespace seatwise::cli {

// What each shell sources. Verbs, flags, and values of which there are few; files and folders where
// a value is one.
std::string BashCompletion(const Command& program);
std::string ZshCompletion(const Command& program);
std::string FishCompletion(const Command& program);

}  // namespace seatwise::cli
