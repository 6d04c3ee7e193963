// Only what is needed by everything is held in memory: 8 bytes a membership, and the assignments.
// Users are drawn again each time they are needed: to size groups, to fill them, to count demand,
// to write.
#include "bench/workload/generator.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "bench/workload/claims.h"
#include "bench/workload/design.h"
#include "bench/workload/designs.h"
#include "bench/workload/folder.h"
#include "bench/workload/people.h"
#include "bench/workload/roster.h"
#include "bench/workload/supply.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

namespace {

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  // A file of that name is not an error for create_directories everywhere.
  if (!error && std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(
      "cannot create folder ", folder, ": ",
      error ? error.message() : std::string("a file is in the way"), "; choose another --out"));
}

}  // namespace

absl::StatusOr<Summary> Generate(const Options& options, const std::string& folder) {
  SEATWISE_RETURN_IF_ERROR(MakeFolder(folder));
  const Stopwatch drawing;
  const People people(options.seed, DepartmentCount(options));
  const std::unique_ptr<Design> design = MakeDesign(options, people);
  const Roster roster(*design, options.users, options.groups);
  const std::vector<Nesting> nestings = design->Nestings();
  Catalog catalog = design->MakeCatalog();
  const Assignments assignments = design->Assign(roster, catalog);
  const ClaimWalker walker(*design, options.groups, options.skus, nestings, assignments);
  const Demand demand =
      MeasureDemand(walker, options.users, options.skus, IsOrganised(options.shape));
  design->Relate(demand, assignments, catalog);
  const std::vector<bool> scarce = design->Scarce(demand);
  const std::vector<Subscription> subscriptions =
      MakeSubscriptions(options.seed, demand.holders, scarce, catalog);
  Summary summary;
  summary.claims = demand.claims;
  summary.scarce_skus = static_cast<uint32_t>(std::count(scarce.begin(), scarce.end(), true));
  summary.touching = CountTouching(walker, options.users, scarce);
  summary.draw_seconds = drawing.Seconds();
  const Stopwatch writing;
  SEATWISE_ASSIGN_OR_RETURN(summary.files, WriteFolder({options, people, *design, roster, nestings,
                                                        catalog, assignments, subscriptions},
                                                       folder));
  summary.write_seconds = writing.Seconds();
  return summary;
}

}  // namespace seatwise::workload
