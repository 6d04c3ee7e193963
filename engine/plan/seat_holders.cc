#include "engine/plan/seat_holders.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/status_macros.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_sources.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_queue.h"
#include "engine/model/account_flags.h"
#include "engine/model/ids.h"
#include "engine/plan/fix_steps.h"

namespace seatwise {
namespace {

void SortById(const LiveState& state, std::vector<uint32_t>& users) {
  std::sort(users.begin(), users.end(),
            [&](uint32_t x, uint32_t y) { return state.UserIdOf(x) < state.UserIdOf(y); });
}

// The groups that the user is directly in and that make it a member of `licensed`.
std::vector<uint32_t> GroupsLeadingTo(const LiveFacts& facts, uint32_t user, uint32_t licensed) {
  std::vector<uint32_t> leading;
  for (const uint32_t group : facts.users[user]->groups()) {
    const Ref<CarrierList>& carriers = facts.carriers[group];
    if (!carriers) continue;
    const bool leads =
        std::any_of(carriers->list.begin(), carriers->list.end(),
                    [&](const LiveCarrier& carrier) { return carrier.licensed == licensed; });
    if (leads) leading.push_back(group);
  }
  return leading;
}

}  // namespace

void ForEachLastHolder(const LiveState& state, SkuNo sku, size_t most,
                       absl::FunctionRef<void(const QueuePlace& place)> visit) {
  const Ref<SeatQueue>& queue = state.parts().seats[sku];
  if (!queue) return;
  const size_t holders = queue->takes.size();
  const auto first = static_cast<uint32_t>(holders - std::min(holders, most));
  queue->takes.ForEachFromRank(first, [&](const QueuePlace& place) {
    visit(place);
    return true;
  });
}

IdleHolders FindIdleHolders(const LiveState& state, SkuNo sku, size_t most) {
  IdleHolders found;
  ForEachLastHolder(state, sku, most, [&](const QueuePlace& place) {
    ++found.looked_at;
    const AccountFlags account = state.AccountOf(place.user);
    if (account.blocked) {
      found.blocked.push_back(place.user);
    } else if (account.guest) {
      found.guests.push_back(place.user);
    }
  });
  SortById(state, found.blocked);
  SortById(state, found.guests);
  return found;
}

absl::StatusOr<std::vector<FixStep>> GivingUp(const LiveState& state, const Draft& draft,
                                              uint32_t user, SkuNo sku) {
  const UserId id(state.UserIdOf(user));
  std::vector<FixStep> steps;
  std::set<uint32_t> left;
  for (const LiveSource& source : SourcesOf(state, user)) {
    if (source.sku != sku) continue;
    if (source.direct) {
      SEATWISE_ASSIGN_OR_RETURN(
          std::optional<FixStep> step,
          DropAssignment(draft, AssignmentKey{id, state.catalog().sku(sku).id}));
      if (step.has_value()) steps.push_back(*std::move(step));
      continue;
    }
    for (const uint32_t group : GroupsLeadingTo(state.parts().facts, user, source.group)) {
      if (!left.insert(group).second) continue;
      SEATWISE_ASSIGN_OR_RETURN(std::optional<FixStep> step,
                                LeaveGroup(draft, GroupId(state.GroupIdOf(group)), id));
      if (step.has_value()) steps.push_back(*std::move(step));
    }
  }
  return steps;
}

}  // namespace seatwise
