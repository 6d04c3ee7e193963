// `seatwise unassign`: takes assignments back.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeUnassignVerb();

}  // namespace seatwise::cli
