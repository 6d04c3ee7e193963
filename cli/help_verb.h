// `seatwise help`: help and man pages.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeHelpVerb();

}  // namespace seatwise::cli
