// The bottleneck search of batch/nesting.cc: shortest paths, where the length of a chain is the
// latest time on it.
#include "engine/incremental/live_nesting.h"

#include <algorithm>
#include <limits>

namespace seatwise {

const std::vector<GroupLink>& NestingSearch::From(uint32_t group) {
  constexpr Time kAlways{std::numeric_limits<int64_t>::min()};
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
  std::sort(reached_.begin(), reached_.end(),
            [](const GroupLink& a, const GroupLink& b) { return a.group < b.group; });
  return reached_;
}

}  // namespace seatwise
