// The verb `demo`: the example tenant, end to end.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeDemoVerb();

}  // namespace seatwise::cli
