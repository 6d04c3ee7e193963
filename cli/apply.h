// seatwise apply: does what a plan showed, or nothing.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeApplyVerb();

}  // namespace seatwise::cli
