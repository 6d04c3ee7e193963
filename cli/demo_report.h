// What `seatwise demo` shows.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "cli/reconciliation.h"
#include "cli/style.h"
#include "engine/model/facts.h"

namespace seatwise::cli {

// Figures, seats as bars, rejected claims by cause, and one user explained. `facts` are those that
// `run` has read; `explained` is the id of one of their users.
std::string DemoReport(Reconciliation& run, const Facts& facts, absl::string_view explained,
                       const Style& style);

}  // namespace seatwise::cli
