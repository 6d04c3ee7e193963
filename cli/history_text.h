// How a user's licenses came about, for people.
#pragma once

#include <string>

#include "cli/style.h"

namespace seatwise::v1 {
class ListLicenseHistoryResponse;
}

namespace seatwise::cli {

// A tree for each revision: when, who and how; what changed for the user; and which facts, from
// what to what. Empty if there are no entries.
std::string HistoryText(const v1::ListLicenseHistoryResponse& history, const Style& style);

}  // namespace seatwise::cli
