// `seatwise admin`: care for a database that no server is using.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeAdminVerb();

}  // namespace seatwise::cli
