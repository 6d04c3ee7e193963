// `seatwise violations`: why claims are rejected.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeViolationsVerb();

}  // namespace seatwise::cli
