// `seatwise report` on what is assigned more than needed.
#pragma once

#include <memory>

#include "cli/remote_verb.h"

namespace seatwise::cli {

// Users that have a SKU directly and by a group.
std::unique_ptr<RemoteVerb> MakeDoubleAssignmentsReport();
// What could be taken back without any effect.
std::unique_ptr<RemoteVerb> MakeRedundantAssignmentsReport();
// SKUs whose plans another one enables as well.
std::unique_ptr<RemoteVerb> MakeOverlappingSkusReport();
// What accounts hold that perhaps need nothing.
std::unique_ptr<RemoteVerb> MakeBlockedAndGuestsReport();

}  // namespace seatwise::cli
