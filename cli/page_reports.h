// What the reports of `seatwise report` say, as parts of the page.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/client.h"
#include "cli/page_parts.h"

namespace seatwise::cli {

// The most that a page shows of reports, and the time that they may take.
struct ReportBounds {
  size_t skus = 2'000;  // With their costs, and with their forecasts.
  size_t rows = 500;    // Of each of the other reports.
  int users_of_overlap = 5;
  // What is beyond the rows is counted for so long, then there are "more than" those.
  std::chrono::milliseconds counting{3'000};
  // So long redundant assignments are looked for: each is tried out, and in a large tenant that
  // would take minutes.
  std::chrono::milliseconds trials{10'000};
};

// The reports, each a part: costs with cost_totals, group_costs, forecasts, renewals,
// double_assignments, redundant_assignments, overlaps and blocked.
struct PageReports {
  std::vector<PagePart> parts;
  SeenRevisions seen;
};

// Asks for them. Without `trials` nobody looks for redundant assignments, and their part is empty
// and open. Errors of the calls.
absl::StatusOr<PageReports> LoadReports(Client& client, const std::string& tenant,
                                        const ReportBounds& bounds, bool trials);

}  // namespace seatwise::cli
