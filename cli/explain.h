// `seatwise explain USER`: why, and what to do.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeExplainVerb();

}  // namespace seatwise::cli
