// `seatwise status`: how a server and its tenants are.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeStatusVerb();

}  // namespace seatwise::cli
