// The verb `seatwise ui`: the page of `seatwise report html`, live, on this machine.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeUiVerb();

}  // namespace seatwise::cli
