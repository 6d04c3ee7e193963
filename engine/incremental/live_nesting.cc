// The bottleneck search of batch/nesting.cc: shortest paths, where the length of a chain is the
// latest time on it.
//
// Repair: a chain that appears or vanishes goes through a changed edge; below the last one on it
// all edges are there now. So only what can be reached from the changed edges' children is searched
// anew, beginning with the edges that lead into this region from groups whose times stand.
#include "engine/incremental/live_nesting.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "absl/container/flat_hash_set.h"
#include "engine/incremental/ref.h"

namespace seatwise {
namespace {

constexpr Time kAlways{std::numeric_limits<int64_t>::min()};

bool ByGroup(const GroupLink& a, const GroupLink& b) { return a.group < b.group; }

// When the direct members of a group became members of `licensed` by way of it, if they are.
std::optional<Time> ReachedAt(const Ref<CarrierList>& carriers, uint32_t licensed) {
  if (!carriers) return std::nullopt;
  const auto it = std::lower_bound(
      carriers->list.begin(), carriers->list.end(), licensed,
      [](const LiveCarrier& carrier, uint32_t group) { return carrier.licensed < group; });
  if (it == carriers->list.end() || it->licensed != licensed) return std::nullopt;
  return it->reached_at;
}

}  // namespace

const std::vector<GroupLink>& NestingSearch::From(uint32_t group) {
  reached_.clear();
  if (!facts_.settings.nested_groups) {  // M1.
    reached_.push_back({group, kAlways});
    return reached_;
  }
  best_.clear();
  best_.emplace(group, kAlways);
  waiting_.push({kAlways, group});
  while (!waiting_.empty()) {
    const auto [time, next] = waiting_.top();
    waiting_.pop();
    if (best_.at(next) != time) continue;  // Met again at an earlier time.
    reached_.push_back({next, time});
    for (const GroupLink& child : facts_.groups[next]->children) {
      const Time at = std::max(time, child.added_at);
      const auto [it, is_new] = best_.try_emplace(child.group, at);
      if (!is_new && it->second <= at) continue;
      it->second = at;
      waiting_.push({at, child.group});
    }
  }
  std::sort(reached_.begin(), reached_.end(), ByGroup);
  return reached_;
}

NestingRepair::NestingRepair(const LiveFacts& facts, std::vector<uint32_t> children)
    : facts_(facts) {
  absl::flat_hash_set<uint32_t> met(children.begin(), children.end());
  region_.assign(met.begin(), met.end());
  for (size_t i = 0; i < region_.size(); ++i) {
    const Ref<GroupRecord> group = facts.groups[region_[i]];
    if (!group) continue;
    for (const GroupLink& child : group->children) {
      if (met.insert(child.group).second) region_.push_back(child.group);
    }
  }
  std::sort(region_.begin(), region_.end());
}

void NestingRepair::Wait(uint32_t group, Time at) {
  const auto [it, is_new] = best_.try_emplace(group, at);
  if (!is_new && it->second <= at) return;
  it->second = at;
  waiting_.push({at, group});
}

// Starts from the licensed group itself and from edges that come from outside the region.
void NestingRepair::WaitAtBorder(uint32_t licensed) {
  for (uint32_t group : region_) {
    const Ref<GroupRecord>& record = facts_.groups[group];
    if (!record) continue;
    if (group == licensed) Wait(group, kAlways);
    for (const GroupLink& parent : record->parents) {
      if (std::binary_search(region_.begin(), region_.end(), parent.group)) continue;
      const std::optional<Time> at = ReachedAt(facts_.carriers[parent.group], licensed);
      if (at.has_value()) Wait(group, std::max(*at, parent.added_at));
    }
  }
}

const NestingRepair::Reached& NestingRepair::From(uint32_t licensed) {
  reached_ = {};
  best_.clear();
  WaitAtBorder(licensed);
  while (!waiting_.empty()) {
    const auto [time, group] = waiting_.top();
    waiting_.pop();
    if (best_.at(group) != time) continue;
    reached_.after.push_back({group, time});
    for (const GroupLink& child : facts_.groups[group]->children) {
      Wait(child.group, std::max(time, child.added_at));
    }
  }
  std::sort(reached_.after.begin(), reached_.after.end(), ByGroup);
  for (uint32_t group : region_) {
    const std::optional<Time> at = ReachedAt(facts_.carriers[group], licensed);
    if (at.has_value()) reached_.before.push_back({group, *at});
  }
  return reached_;
}

}  // namespace seatwise
