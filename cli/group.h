// `seatwise group`: groups of users.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeGroupVerb();

}  // namespace seatwise::cli
