// `seatwise report` on money.
#pragma once

#include <memory>

#include "cli/remote_verb.h"

namespace seatwise::cli {

// What seats cost, by SKU, group or attribute.
std::unique_ptr<RemoteVerb> MakeCostsReport();
// What is to be renewed.
std::unique_ptr<RemoteVerb> MakeRenewalsReport();

}  // namespace seatwise::cli
