// For each licensed group a bottleneck search goes down its subgroups: a shortest-path search in
// which the length of a chain is the latest time on it. Cycles need no care: a group is settled
// once, at its smallest time.
//
//   all -> sales (Mar) -> emea (Jan)     all reaches emea at Mar
//   all -> emea (May)                    (May by the direct edge is later)
#include "engine/batch/nesting.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

namespace seatwise {
namespace {

constexpr Time kAlways{std::numeric_limits<int64_t>::min()};

// A carrier together with the group whose direct members it serves.
struct Reached {
  GroupNo group = 0;
  Carrier carrier;
};

// The edges as lists of children by parent.
struct Children {
  std::vector<uint32_t> first;
  absl::Span<const GroupEdge> edges;

  explicit Children(const Columns& columns) : edges(columns.edges) {
    first.assign(columns.groups.size() + 1, 0);
    for (const GroupEdge& edge : edges) ++first[edge.parent + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
  }
  absl::Span<const GroupEdge> Of(GroupNo group) const {
    return edges.subspan(first[group], first[group + 1] - first[group]);
  }
};

// Searches down from one licensed group after the other. One thread.
class Search {
 public:
  Search(const Children& children, size_t groups) : children_(children), settled_(groups) {}

  // Appends every group that `licensed` reaches, itself included.
  void From(GroupNo licensed, std::vector<Reached>& reached) {
    ++round_;
    waiting_.push({kAlways, licensed});
    while (!waiting_.empty()) {
      const auto [time, group] = waiting_.top();
      waiting_.pop();
      if (settled_[group] == round_) continue;
      settled_[group] = round_;
      reached.push_back({group, {.licensed = licensed, .reached_at = time}});
      for (const GroupEdge& edge : children_.Of(group)) {
        if (settled_[edge.child] != round_)
          waiting_.push({std::max(time, edge.added_at), edge.child});
      }
    }
  }

 private:
  using Step = std::pair<Time, GroupNo>;

  const Children& children_;
  std::priority_queue<Step, std::vector<Step>, std::greater<>> waiting_;
  std::vector<uint32_t> settled_;  // By group: the last round in which it was.
  uint32_t round_ = 0;
};

std::vector<GroupNo> LicensedGroups(const ShapeTable& shapes) {
  std::vector<GroupNo> licensed;
  const GroupNo groups = static_cast<GroupNo>(shapes.columns().groups.size());
  for (GroupNo group = 0; group < groups; ++group) {
    if (shapes.IsLicensed(group)) licensed.push_back(group);
  }
  return licensed;
}

// All (group, carrier) pairs, ascending by licensed group.
std::vector<Reached> FindReached(const ShapeTable& shapes, Executor& executor) {
  const Columns& columns = shapes.columns();
  const std::vector<GroupNo> licensed = LicensedGroups(shapes);
  std::vector<Reached> all;
  if (!columns.settings.nested_groups) {  // M1.
    for (GroupNo group : licensed)
      all.push_back({group, {.licensed = group, .reached_at = kAlways}});
    return all;
  }
  const Children children(columns);
  std::vector<std::vector<Reached>> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, licensed.size(), [&](Shard shard) {
    Search search(children, columns.groups.size());
    for (size_t i = shard.begin; i < shard.end; ++i) {
      search.From(licensed[i], parts[static_cast<size_t>(shard.index)]);
    }
  });
  for (const std::vector<Reached>& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

Nesting::Nesting(const ShapeTable& shapes, Executor& executor) {
  const std::vector<Reached> reached = FindReached(shapes, executor);
  first_carrier_.assign(shapes.columns().groups.size() + 1, 0);
  for (const Reached& row : reached) ++first_carrier_[row.group + 1];
  std::partial_sum(first_carrier_.begin(), first_carrier_.end(), first_carrier_.begin());
  std::vector<uint32_t> next(first_carrier_.begin(), first_carrier_.end() - 1);
  carriers_.resize(reached.size());
  licensed_.resize(reached.size() + 1);
  carries_.assign((shapes.columns().groups.size() + 63) / 64, 0);
  for (const Reached& row : reached) {
    const uint32_t place = next[row.group]++;
    carriers_[place] = row.carrier;
    licensed_[place] = row.carrier.licensed;
    carries_[row.group / 64] |= uint64_t{1} << (row.group % 64);
  }
}

}  // namespace seatwise
