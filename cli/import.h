// `seatwise import`: a folder of facts becomes a revision of a tenant.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeImportVerb();

}  // namespace seatwise::cli
