// `seatwise assign`: who should have which SKU.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeAssignVerb();

}  // namespace seatwise::cli
