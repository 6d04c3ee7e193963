// The circles of requirements, and of groups, that go through given places: found in a part of the
// tenant, with the same algorithms that lint.h runs on the whole.
#pragma once

#include <vector>

#include "absl/container/btree_set.h"
#include "absl/status/statusor.h"
#include "engine/model/bounded_reader.h"
#include "engine/model/ids.h"

namespace seatwise {

// All circles (requirement_circles.h) with a requirement of one of `plans` in them, and maybe
// others. Each ascending, ascending by their first plan. Reads the plans that the requirements of
// `plans` lead to. Empty if the reader is exhausted.
absl::StatusOr<std::vector<std::vector<PlanId>>> RequirementCirclesAround(
    const absl::btree_set<PlanId>& plans, BoundedReader& reader);

// All sets of groups that contain each other with a member of one of `outer` in them, and maybe
// others. In the same order. Reads the groups that contain `outer`. Empty if the reader is
// exhausted.
absl::StatusOr<std::vector<std::vector<GroupId>>> GroupCyclesAround(
    const absl::btree_set<GroupId>& outer, BoundedReader& reader);

}  // namespace seatwise
