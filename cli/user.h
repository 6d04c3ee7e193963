// `seatwise user`: people and accounts.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeUserVerb();

}  // namespace seatwise::cli
