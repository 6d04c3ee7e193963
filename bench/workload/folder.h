// Writes a generated tenant as an interchange folder (semantics section 10).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/workload/csv_file.h"
#include "bench/workload/design.h"
#include "bench/workload/options.h"
#include "bench/workload/people.h"
#include "bench/workload/roster.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

// Everything that the files say; what it points to outlives the call that writes it.
struct Tenant {
  const Options& options;
  const People& people;
  const Design& design;
  const Roster& roster;
  const std::vector<Nesting>& nestings;
  const Catalog& catalog;
  const Assignments& assignments;
  const std::vector<Subscription>& subscriptions;
};

// Writes all files of the folder, which must exist, over those that are there; observed.csv is not
// among them. members.csv and assignments.csv need no quotes. Returns the files in the order of
// semantics section 10, tenant.json first.
absl::StatusOr<std::vector<FileSize>> WriteFolder(const Tenant& tenant, const std::string& folder);

}  // namespace seatwise::workload
