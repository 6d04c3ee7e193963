// Writes the derived state as files (semantics section 10, last table).
#pragma once

#include <string>

#include "absl/status/status.h"
#include "base/executor.h"
#include "engine/model/derived_view.h"
#include "interchange/progress.h"

namespace seatwise {

// Writes licenses.csv, claims.csv and seats.csv into `dir`, which is made if it is missing. The
// same bytes for any number of threads. Memory: a few MiB for each thread, whatever the size of the
// tenant. Each file appears complete or not at all, and replaces an older one in one step.
// `progress` counts users, each of them once for licenses.csv and once for claims.csv.
absl::Status WriteDerived(const DerivedView& view, const std::string& dir, Executor& executor,
                          const Progress& progress = {});

}  // namespace seatwise
