// One user's licenses, with their sources and what stands in the way, as a tree.
#pragma once

#include <string>

#include "cli/names.h"
#include "cli/style.h"
#include "engine/model/columns.h"
#include "engine/model/derived_view.h"

namespace seatwise::cli {

// Every SKU that a claim of the user asks for, by name: its state and plans; below it each claim
// with the way it comes, and why it is rejected. Empty for a user without claims.
std::string ExplainTree(const DerivedView& view, const Names& names, UserNo user,
                        const Style& style);

}  // namespace seatwise::cli
