// By which way a user is in a group.
#pragma once

#include <vector>

#include "engine/model/columns.h"

namespace seatwise::cli {

// The groups from `group` down to one that `user` is directly in (M1, M2): {group} if that is the
// group itself. A shortest chain; of several, the one with the smallest numbers. Empty if the user
// is no member. One search through the groups below.
std::vector<GroupNo> SourcePath(const Columns& columns, UserNo user, GroupNo group);

}  // namespace seatwise::cli
