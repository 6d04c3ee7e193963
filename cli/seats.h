// `seatwise seats`: how many seats are taken, free and missing.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeSeatsVerb();

}  // namespace seatwise::cli
