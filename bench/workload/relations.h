// Conflicts, requirements and prohibitions between plans, fitted to who asks for what.
#pragma once

#include <cstdint>

#include "bench/workload/claims.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

// Adds the relations to `catalog`, whose SKUs `demand` counts:
//
// - conflicts for every tenth plan: together they stand in the way of up to 6 % of `users` (those
//   who ask for a SKU on each side), so that, some plans being disabled, 2 to 5 % of them have one;
//   no SKU conflicts with itself;
// - requirements for every tenth plan, of those outside SKUs 0 and 1: most by a plan that all staff
//   has, some by plans of other suites, which at most about 1 % of the users lack;
// - a few prohibitions, of plans that few users ask for, in countries with few users.
//
// `all_staff_plans` says of each plan whether all staff has it enabled.
void AddRelations(uint64_t seed, uint32_t users, const Demand& demand,
                  const std::vector<bool>& all_staff_plans, Catalog& catalog);

// Adds `count` conflicts (fewer if there are not enough pairs) between plans of different SKUs, no
// matter how many users they hit.
void AddConflicts(uint64_t seed, uint32_t count, Catalog& catalog);

}  // namespace seatwise::workload
