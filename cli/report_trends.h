// `seatwise report` on what the journal tells.
#pragma once

#include <memory>

#include "cli/remote_verb.h"

namespace seatwise::cli {

// When seats run out.
std::unique_ptr<RemoteVerb> MakeForecastReport();
// How licenses differ between two revisions.
std::unique_ptr<RemoteVerb> MakeChangesReport();

}  // namespace seatwise::cli
