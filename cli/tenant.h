// `seatwise tenant`: customers, and their settings.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeTenantVerb();

}  // namespace seatwise::cli
