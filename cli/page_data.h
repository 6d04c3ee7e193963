// What the page about a tenant shows, asked of its server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/time.h"
#include "cli/client.h"
#include "cli/page_reports.h"
#include "cli/page_rows.h"

namespace seatwise::cli {

// The most that a page shows of each, so that a million users make a page that opens at once. The
// page says how many there are beyond it, and which command lists them.
struct PageBounds {
  size_t skus = 2'000;
  int subscriptions_of_sku = 20;
  size_t causes = 1'000;
  int users_of_cause = 20;  // Named; all are counted.
  size_t groups = 500;
  size_t users = 2'000;           // With errors, each with all that the user asks for,
  size_t user_bytes = 2'500'000;  // and no more once their JSON takes this much.
  ReportBounds reports;
  // What all of that takes together, in bytes: with style and script the page stays under 5 MB,
  // whatever things are called. Parts are cut fairly.
  size_t bytes = 4'800'000;
};

// Of what to make a page.
struct PageRequest {
  std::string tenant;  // The id.
  CommandPlace place;
  bool fixes = true;    // Try out what would heal each cause, and which assignments are redundant:
                        // up to a minute for a large tenant.
  bool served = false;  // The page may ask for more.
  // Differences are shown since this revision or else since so many days before made_at.
  std::optional<int64_t> from_revision;
  int days = 7;
  // Costs are told apart by these; none: by those that suggest themselves (page_attributes.h).
  std::vector<std::string> attributes;
  Time made_at;
  PageBounds bounds;
};

// All that the page shows, as a JSON object. Users are those that the causes name, the first of
// each cause first, then others with errors by their ids. If the tenant changes meanwhile,
// `revision` and `last_revision` say so; `cut`, that not all fitted. What stands for markup is
// written as escapes already (EscapedJson). Errors of the calls.
absl::StatusOr<std::string> PageJson(Client& client, const PageRequest& request);

// The tenant's revision at this moment.
absl::StatusOr<int64_t> PresentRevision(Client& client, const std::string& tenant);

}  // namespace seatwise::cli
