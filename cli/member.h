// `seatwise member`: who is in which group.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeMemberVerb();

}  // namespace seatwise::cli
