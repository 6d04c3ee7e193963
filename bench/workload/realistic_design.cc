#include "bench/workload/realistic_design.h"

#include <algorithm>

#include "bench/workload/licensing.h"
#include "bench/workload/relations.h"

namespace seatwise::workload {

namespace {

// Which plans all staff (group 0) has enabled.
std::vector<bool> AllStaffPlans(const Assignments& assignments, const Catalog& catalog) {
  std::vector<bool> enabled(catalog.plans.size());
  for (const Assignment& assignment : assignments.to_groups) {
    if (assignment.principal != 0) continue;
    for (uint32_t plan : catalog.skus[assignment.sku].plans) {
      const bool disabled =
          std::binary_search(assignment.disabled.begin(), assignment.disabled.end(), plan);
      if (!disabled && !catalog.plans[plan].company) enabled[plan] = true;
    }
  }
  return enabled;
}

}  // namespace

absl::string_view RealisticDesign::GroupNoun(uint32_t group) const {
  const Layout& layout = organisation_.layout();
  if (layout.divisions.contains(group)) return "Division";
  if (layout.departments.contains(group)) return "Department";
  if (layout.communities.contains(group)) return "Community";
  return layout.teams.contains(group) ? "Team" : "All staff";
}

Assignments RealisticDesign::Assign(const Roster& roster, const Catalog& catalog) {
  return {AssignToGroups(options(), organisation_.layout(), roster, catalog),
          AssignToUsers(options(), catalog)};
}

void RealisticDesign::Relate(const Demand& demand, const Assignments& assignments,
                             Catalog& catalog) {
  AddRelations(options().seed, options().users, demand, AllStaffPlans(assignments, catalog),
               catalog);
}

}  // namespace seatwise::workload
