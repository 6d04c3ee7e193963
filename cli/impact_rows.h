// The rows of an impact as CSV.
#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "cli/names.h"
#include "seatwise/v1/impact.pb.h"

namespace seatwise::cli {

// user_id,change,sku_id,sku,source_id,before,after,plans_gained,plans_lost, with a line feed.
std::string ImpactRowsHeader();

// One line for each license that differs (change is LicenseGained, LicenseLost or LicenseChanged;
// before and after are states), each claim item whose violations do (ViolationAppeared,
// ViolationCleared, ViolationChanged; source_id is the group, empty if direct), and each user who
// loses plans with data (DataAtRisk). Plans are ids. Hands on text of some thousand lines at most,
// until `write` answers false: false then.
bool WriteImpactRows(const v1::ImpactRows& rows, const Names& names,
                     absl::FunctionRef<bool(const std::string&)> write);

}  // namespace seatwise::cli
