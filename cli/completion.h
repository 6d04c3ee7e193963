// `seatwise completion`: scripts for shells.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeCompletionVerb();

}  // namespace seatwise::cli
