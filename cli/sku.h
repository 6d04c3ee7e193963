// `seatwise sku`: products.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeSkuVerb();

}  // namespace seatwise::cli
