// The effect of a change, for people.
#pragma once

#include <cstdint>
#include <string>

#include "cli/names.h"
#include "cli/style.h"
#include "seatwise/v1/impact.pb.h"

namespace seatwise::cli {

// Sections, separated by blank lines: sums and the removal guard; SKUs with their seats; licenses
// and violations that differ, alike ones together; plans with data that are lost. At most 15 rows
// each. `names` knows what the impact names; `retention_days` is how long data of a lost plan is
// kept (L3).
std::string ImpactText(const v1::Impact& impact, const Names& names, int32_t retention_days,
                       const Style& style);

}  // namespace seatwise::cli
