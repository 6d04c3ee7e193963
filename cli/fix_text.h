// Fixes in words, and as commands to paste.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/names.h"

namespace seatwise::v1 {
class Fix;
}

namespace seatwise::cli {

// What to do, and what it does besides, as one sentence without a stop: "buy 2 seats of SPE_E5; 1
// other gains too". `user_id` is whose claim it heals.
std::string FixSentence(const v1::Fix& fix, const Names& names, absl::string_view user_id);

// The commands that do it, one after the other: "seatwise unassign e1 --user ana". `program` is how
// the program is called; `flags`, behind a space each, are added to each.
std::vector<std::string> FixCommands(const v1::Fix& fix, absl::string_view program,
                                     absl::string_view flags);

}  // namespace seatwise::cli
