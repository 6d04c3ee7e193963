// Who is assigned which SKUs in a realistic tenant, and how assignments are drawn.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/workload/options.h"
#include "bench/workload/organisation.h"
#include "bench/workload/random.h"
#include "bench/workload/roster.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

// An assignment with a drawn time, with disabled plans in `disabled_chance` of a million cases (1
// to 4 of the SKU's, rarely one of another SKU) and priority 0 in nine of ten.
Assignment DrawAssignment(const Catalog& catalog, uint32_t principal, uint32_t sku,
                          uint32_t disabled_chance, Random& random);

// The licensed groups, options.licensed_groups of them: all staff, a quarter of the divisions, 60 %
// of the departments, and circles (communities and teams), large and small, that half of the users
// are in on average. All staff has SKUs 0 and 1 from the first day, a department mostly a suite, a
// circle mostly an add-on; every add-on is assigned somewhere if there are groups enough.
std::vector<Assignment> AssignToGroups(const Options& options, const Layout& layout,
                                       const Roster& roster, const Catalog& catalog);

// Direct assignments: 1 % of the users have one, a tenth of these two.
std::vector<Assignment> AssignToUsers(const Options& options, const Catalog& catalog);

}  // namespace seatwise::workload
