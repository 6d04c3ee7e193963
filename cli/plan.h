// seatwise plan: what a change would do, without doing it.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakePlanVerb();

}  // namespace seatwise::cli
