// `seatwise export`: the facts of a tenant as a folder.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeExportVerb();

}  // namespace seatwise::cli
