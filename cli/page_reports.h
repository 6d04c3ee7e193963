// What the reports of `seatwise report` say, as parts of the page.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/time.h"
#include "cli/client.h"
#include "cli/page_parts.h"

namespace seatwise::cli {

// The most that a page shows of reports, and the time that they may take.
struct ReportBounds {
  size_t skus = 2'000;   // With their costs, and with their forecasts.
  size_t rows = 500;     // Of each of the other reports.
  int users_of_row = 5;  // Named.
  // What is beyond the rows is counted for so long, then there are "more than" those.
  std::chrono::milliseconds counting{3'000};
  // So long redundant assignments are looked for: each is tried out, and in a large tenant that
  // would take minutes.
  std::chrono::milliseconds trials{10'000};
};

// What is wanted of them.
struct ReportWishes {
  bool trials = true;  // Look for redundant assignments; else their part is empty and open.
  // Changes since this revision, or else since this time.
  std::optional<int64_t> from_revision;
  Time since;
  // By which costs are told apart.
  std::vector<std::string> attributes;
};

// The reports, each a part: costs with cost_totals, group_costs, attribute_costs, forecasts,
// renewals, changes, double_assignments, redundant_assignments, overlaps and blocked.
struct PageReports {
  std::vector<PagePart> parts;
  int64_t changes_from = 0;  // Revisions.
  int64_t changes_to = 0;
  SeenRevisions seen;
};

// Asks for them. Errors of the calls.
absl::StatusOr<PageReports> LoadReports(Client& client, const std::string& tenant,
                                        const ReportBounds& bounds, const ReportWishes& wishes);

}  // namespace seatwise::cli
