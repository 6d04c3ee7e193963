// `seatwise reconcile` against a server: everything is recomputed and compared there.
#pragma once

#include <string>

#include "cli/client.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/records.h"

namespace seatwise::cli {

// Starts a run and waits for its end. kFailed if the server's answers were not what follows from
// its facts.
ExitCode ReconcileRemotely(Client& client, const std::string& tenant, OutputForm form,
                           Console& console);

}  // namespace seatwise::cli
