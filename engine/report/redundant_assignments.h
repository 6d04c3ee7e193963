// Assignments that could be taken back without any effect.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "base/executor.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/facts_view.h"

namespace seatwise {

// An assignment in a version.
struct LiveAssignee {
  bool direct = false;
  uint32_t principal = 0;  // A user if direct, else a group.
  SkuNo sku = 0;

  friend bool operator==(const LiveAssignee&, const LiveAssignee&) = default;
};

// Finds assignments without which every user has the same SKUs in the same state with the same
// plans (O2, O3), and every SKU the same seats taken and waited for (O5, O6). Each is looked at
// alone: of two that stand in for each other both are found. One thread.
class RedundantAssignments {
 public:
  // `state` follows from `facts`, which outlive this, as does the executor.
  RedundantAssignments(std::shared_ptr<const LiveState> state, const FactsView& facts,
                       Executor& executor);

  // Assignments of groups that may be redundant, those from the group with this id on: by the ids
  // of group and SKU; only of `sku`, if it is given. Takes the time of a look at each user.
  std::vector<LiveAssignee> OfGroups(absl::string_view from, std::optional<SkuNo> sku) const;
  // The same of a user, who exists; by the id of the SKU. Takes the time of a look at the user.
  std::vector<LiveAssignee> OfUser(uint32_t user, std::optional<SkuNo> sku) const;

  // Whether the assignment, which is one of these, is redundant: tried out, in the time of a
  // what-if. Fails where the facts fail.
  absl::StatusOr<bool> IsRedundant(const LiveAssignee& assignment) const;
  // Users with a claim by it.
  int64_t UsersOf(const LiveAssignee& assignment) const;

 private:
  std::shared_ptr<const LiveState> state_;
  const FactsView& facts_;
  Executor& executor_;
};

}  // namespace seatwise
