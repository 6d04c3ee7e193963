// `seatwise service-plan`: the parts of products.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeServicePlanVerb();

}  // namespace seatwise::cli
