#include "cli/source_path.h"

#include <algorithm>
#include <deque>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"

namespace seatwise::cli {
namespace {

bool IsDirectly(const Columns& columns, UserNo user, GroupNo group) {
  const absl::Span<const GroupNo> groups = columns.GroupsOf(user);
  return std::binary_search(groups.begin(), groups.end(), group);
}

// The groups directly in `parent`: edges are sorted by (parent, child).
absl::Span<const GroupEdge> EdgesOf(const Columns& columns, GroupNo parent) {
  const auto [begin, end] =
      std::equal_range(columns.edges.begin(), columns.edges.end(),
                       GroupEdge{.parent = parent, .child = 0, .added_at = Time()},
                       [](const GroupEdge& a, const GroupEdge& b) { return a.parent < b.parent; });
  return absl::MakeConstSpan(columns.edges)
      .subspan(static_cast<size_t>(begin - columns.edges.begin()),
               static_cast<size_t>(end - begin));
}

}  // namespace

std::vector<GroupNo> SourcePath(const Columns& columns, UserNo user, GroupNo group) {
  absl::flat_hash_map<GroupNo, GroupNo> reached_from = {{group, group}};
  for (std::deque<GroupNo> queue = {group}; !queue.empty(); queue.pop_front()) {
    GroupNo at = queue.front();
    if (IsDirectly(columns, user, at)) {
      std::vector<GroupNo> path = {at};
      for (; at != group; path.push_back(at)) at = reached_from[at];
      std::reverse(path.begin(), path.end());
      return path;
    }
    if (!columns.settings.nested_groups) break;
    for (const GroupEdge& edge : EdgesOf(columns, at)) {
      if (reached_from.try_emplace(edge.child, at).second) queue.push_back(edge.child);
    }
  }
  return {};
}

}  // namespace seatwise::cli
