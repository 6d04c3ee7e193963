// `seatwise watch`: changes of licenses as they happen.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeWatchVerb();

}  // namespace seatwise::cli
