#include "engine/incremental/live_sources.h"

#include <algorithm>

#include "absl/types/span.h"
#include "engine/incremental/claim_reader.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_queue.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/shape.h"

namespace seatwise {

std::vector<LiveSource> SourcesOf(const LiveState& state, uint32_t user) {
  ClaimReader reader(state.parts().facts);
  std::vector<LiveSource> sources;
  for (const LiveClaim& claim : reader.Of(user)) {
    const Shape& head = claim.shape->head;
    for (const ShapeItem& item : claim.shape->items) {
      const PlanBits plans = claim.shape->plans(item);
      sources.push_back({.direct = head.direct(),
                         .group = head.direct() ? 0 : head.group,
                         .sku = item.sku,
                         .plans = {plans.begin(), plans.end()},
                         .priority = claim.priority,
                         .since = claim.since,
                         .joined = claim.joined});
    }
  }
  std::stable_sort(sources.begin(), sources.end(), [&](const LiveSource& x, const LiveSource& y) {
    if (x.direct != y.direct) return x.direct;
    if (x.group != y.group) return state.GroupIdOf(x.group) < state.GroupIdOf(y.group);
    return state.catalog().sku(x.sku).id < state.catalog().sku(y.sku).id;
  });
  return sources;
}

// Level by level: the groups that the user is directly in, those that these are in, ...
GroupPaths::GroupPaths(const LiveState& state, uint32_t user) {
  const LiveFacts& facts = state.parts().facts;
  const absl::Span<const uint32_t> direct = facts.users[user]->groups();
  std::vector<uint32_t> level(direct.begin(), direct.end());
  for (const uint32_t group : level) steps_[group] = {.below = group, .level = 0};
  if (!state.settings().nested_groups) return;
  for (uint32_t depth = 1; !level.empty(); ++depth) {
    std::vector<uint32_t> above;
    for (const uint32_t group : level) {
      for (const GroupLink& parent : facts.groups[group]->parents) {
        const auto [step, is_new] =
            steps_.try_emplace(parent.group, Step{.below = group, .level = depth});
        if (is_new) {
          above.push_back(parent.group);
        } else if (step->second.level == depth &&
                   facts.GroupIdOf(group) < facts.GroupIdOf(step->second.below)) {
          step->second.below = group;
        }
      }
    }
    level = std::move(above);
  }
}

std::vector<uint32_t> GroupPaths::To(uint32_t group) const {
  std::vector<uint32_t> path;
  for (auto at = steps_.find(group); at != steps_.end(); at = steps_.find(at->second.below)) {
    path.push_back(at->first);
    if (at->second.level == 0) break;
  }
  return path;
}

void ForEachWaiting(const LiveState& state, SkuNo sku, absl::FunctionRef<bool(uint32_t)> visit) {
  const Ref<SeatQueue>& queue = state.parts().seats[sku];
  if (!queue) return;
  queue->waiting.ForEachFromRank(0, [&](const QueuePlace& place) { return visit(place.user); });
}

}  // namespace seatwise
