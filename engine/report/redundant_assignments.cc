// Most assignments are plainly needed: some user has the SKU, or one of its plans, by nothing else.
// Users with the same answer share it, so that is seen in a look at each different answer. What is
// left is tried out, one by one, as a change that nobody sees.
#include "engine/report/redundant_assignments.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"
#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/model/fact_key.h"
#include "engine/model/plan_bits.h"
#include "engine/model/validate.h"
#include "engine/rules/granting.h"
#include "engine/rules/shape.h"

namespace seatwise {
namespace {

// One item of a claim.
struct Asked {
  SkuNo sku = 0;
  const ClaimShape* claim = nullptr;
  PlanBits plans;
  bool granted = false;
};

// By SKU; within a SKU as the claims come.
std::vector<Asked> ItemsBySku(const Outcome& outcome) {
  std::vector<Asked> items;
  for (size_t i = 0; i < outcome.claims.size(); ++i) {
    const ClaimShape& claim = *outcome.claims[i];
    for (const ShapeItem& item : claim.items) {
      items.push_back({.sku = item.sku,
                       .claim = &claim,
                       .plans = claim.plans(item),
                       .granted = IsGranted(outcome.granted, i)});
    }
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const Asked& x, const Asked& y) { return x.sku < y.sku; });
  return items;
}

// Whether other items for the same SKU, at best, give what this one does.
bool MayBeReplaced(const Asked& item, absl::Span<const Asked> same_sku) {
  if (same_sku.size() < 2) return false;
  if (!item.granted) return true;
  for (size_t word = 0; word < item.plans.size(); ++word) {
    uint64_t others = 0;
    for (const Asked& other : same_sku) {
      if (&other != &item) others |= other.plans[word];
    }
    if ((item.plans[word] & ~others) != 0) return false;
  }
  return true;
}

// Calls visit(item, whether it may be replaced) for each item.
template <typename Visit>
void ForEachAsked(const Outcome& outcome, Visit visit) {
  const std::vector<Asked> items = ItemsBySku(outcome);
  for (size_t begin = 0, end = 0; begin < items.size(); begin = end) {
    while (end < items.size() && items[end].sku == items[begin].sku) ++end;
    const absl::Span<const Asked> same_sku = absl::MakeConstSpan(items).subspan(begin, end - begin);
    for (const Asked& item : same_sku) visit(item, MayBeReplaced(item, same_sku));
  }
}

// Assignments (group, SKU) that some user plainly needs.
using Needed = absl::flat_hash_set<std::pair<uint32_t, SkuNo>>;

Needed NeededOfGroups(const LiveParts& parts) {
  Needed needed;
  absl::flat_hash_set<const Outcome*> seen;
  parts.answers.ForEachOutcome([&](uint32_t, const Outcome& outcome) {
    if (!seen.insert(&outcome).second) return;
    ForEachAsked(outcome, [&](const Asked& item, bool may_be_replaced) {
      if (!may_be_replaced && !item.claim->head.direct()) {
        needed.insert({item.claim->head.group, item.sku});
      }
    });
  });
  return needed;
}

void SortBySku(std::vector<LiveAssignee>::iterator begin, std::vector<LiveAssignee>::iterator end,
               const Catalog& catalog) {
  std::sort(begin, end, [&](const LiveAssignee& x, const LiveAssignee& y) {
    return catalog.sku(x.sku).id < catalog.sku(y.sku).id;
  });
}

}  // namespace

RedundantAssignments::RedundantAssignments(std::shared_ptr<const LiveState> state,
                                           const FactsView& facts, Executor& executor)
    : state_(std::move(state)), facts_(facts), executor_(executor) {}

std::vector<LiveAssignee> RedundantAssignments::OfGroups(absl::string_view from,
                                                         std::optional<SkuNo> sku) const {
  const Needed needed = NeededOfGroups(state_->parts());
  std::vector<LiveAssignee> found;
  state_->ForEachGroupFrom(from, [&](uint32_t group, absl::string_view) {
    const size_t begin = found.size();
    for (const LiveAssignment& assignment : state_->parts().facts.groups[group]->assignments) {
      if (sku && assignment.sku != *sku) continue;
      if (needed.contains({group, assignment.sku})) continue;
      found.push_back({.direct = false, .principal = group, .sku = assignment.sku});
    }
    SortBySku(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end(), state_->catalog());
    return true;
  });
  return found;
}

std::vector<LiveAssignee> RedundantAssignments::OfUser(uint32_t user,
                                                       std::optional<SkuNo> sku) const {
  std::vector<LiveAssignee> found;
  if (state_->parts().facts.users[user]->direct().empty()) return found;
  ForEachAsked(*state_->parts().answers.OutcomeOf(user),
               [&](const Asked& item, bool may_be_replaced) {
                 if (!may_be_replaced || !item.claim->head.direct() || (sku && item.sku != *sku))
                   return;
                 found.push_back({.direct = true, .principal = user, .sku = item.sku});
               });
  SortBySku(found.begin(), found.end(), state_->catalog());
  return found;
}

absl::StatusOr<bool> RedundantAssignments::IsRedundant(const LiveAssignee& assignment) const {
  const Principal principal = assignment.direct
                                  ? Principal(UserId(state_->UserIdOf(assignment.principal)))
                                  : Principal(GroupId(state_->GroupIdOf(assignment.principal)));
  ChangeSet changes;
  changes.changes.push_back(
      Delete{.key = AssignmentKey{principal, state_->catalog().sku(assignment.sku).id}});
  SEATWISE_ASSIGN_OR_RETURN(const ValidationResult valid, Validate(std::move(changes), facts_));
  SEATWISE_CHECK(valid.changes.has_value()) << "an assignment that is there cannot be deleted";
  const Prepared without = Prepare(state_, *valid.changes, executor_);
  return without.delta.empty() && without.state->Seats() == state_->Seats();
}

int64_t RedundantAssignments::UsersOf(const LiveAssignee& assignment) const {
  return assignment.direct ? 1 : state_->parts().groups[assignment.principal].members;
}

}  // namespace seatwise
