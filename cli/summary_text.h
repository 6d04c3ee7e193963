// The summary of a reconciliation as text.
#pragma once

#include <string>

#include "cli/reconciliation.h"
#include "cli/style.h"
#include "cli/summary.h"

namespace seatwise::cli {

// Sections, separated by blank lines: what was read, claims, violations, seats that are short,
// seats that are unused. Tables end after 15 rows with "and N more".
std::string SummaryText(const Summary& summary, const Style& style);

// What the stages took, as a table.
std::string StagesText(const Reconciliation& run, const Style& style);

}  // namespace seatwise::cli
