// Ways out of a shortage of seats in words, and as commands to paste.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/names.h"

namespace seatwise::v1 {
class SeatWay;
}

namespace seatwise::cli {

// What to do, who gets a seat by it, and who loses something, as one sentence without a stop: "take
// SPE_E5 back from 1 of 2 guests: Alex; 1 of 5 gets a seat". `sku_id` is what is short.
std::string SeatWaySentence(const v1::SeatWay& way, const Names& names, absl::string_view sku_id);

// The commands that do it, as FixCommands has them. None where not all changes are known.
std::vector<std::string> SeatWayCommands(const v1::SeatWay& way, absl::string_view program,
                                         absl::string_view flags);

}  // namespace seatwise::cli
