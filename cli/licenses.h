// `seatwise licenses`: what users have.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeLicensesVerb();

}  // namespace seatwise::cli
