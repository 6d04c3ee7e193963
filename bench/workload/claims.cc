// For each group the licensed groups above it are found once, by a search downwards from every
// licensed group; a user is then a few short lists away from the SKUs.
#include "bench/workload/claims.h"

#include <algorithm>

namespace seatwise::workload {

ClaimWalker::ClaimWalker(JoinSource& joins, uint32_t groups, uint32_t skus,
                         absl::Span<const Nesting> nestings, const Assignments& assignments)
    : joins_(joins),
      assignments_(assignments),
      skus_of_group_(groups),
      licensed_above_(groups),
      group_met_(groups),
      sku_met_(skus) {
  ListGroupSkus();
  ReachDown(nestings);
}

void ClaimWalker::ListGroupSkus() {
  for (const Assignment& assignment : assignments_.to_groups) {
    skus_of_group_[assignment.principal].push_back(assignment.sku);
  }
}

void ClaimWalker::ReachDown(absl::Span<const Nesting> nestings) {
  std::vector<std::vector<uint32_t>> below(licensed_above_.size());
  for (const Nesting& nesting : nestings) below[nesting.group].push_back(nesting.member);
  std::vector<uint32_t> reached;
  for (uint32_t top = 0; top < licensed_above_.size(); ++top) {
    if (skus_of_group_[top].empty()) continue;
    ++walk_;
    reached.assign(1, top);
    group_met_[top] = walk_;
    for (size_t i = 0; i < reached.size(); ++i) {
      licensed_above_[reached[i]].push_back(top);
      for (uint32_t member : below[reached[i]]) {
        if (group_met_[member] == walk_) continue;
        group_met_[member] = walk_;
        reached.push_back(member);
      }
    }
  }
}

Wish ClaimWalker::WishOf(uint32_t user) {
  ++walk_;
  claims_ = 0;
  wished_.clear();
  for (const Join& join : joins_.JoinsOf(user)) {
    for (uint32_t group : licensed_above_[join.group]) AddGroup(group);
  }
  const std::vector<Assignment>& direct = assignments_.to_users;
  while (next_direct_ < direct.size() && direct[next_direct_].principal < user) ++next_direct_;
  for (; next_direct_ < direct.size() && direct[next_direct_].principal == user; ++next_direct_) {
    AddSku(direct[next_direct_].sku);
  }
  return {claims_, wished_};
}

void ClaimWalker::AddGroup(uint32_t group) {
  if (group_met_[group] == walk_) return;
  group_met_[group] = walk_;
  for (uint32_t sku : skus_of_group_[group]) AddSku(sku);
}

void ClaimWalker::AddSku(uint32_t sku) {
  ++claims_;
  if (sku_met_[sku] == walk_) return;
  sku_met_[sku] = walk_;
  wished_.push_back(sku);
}

Demand MeasureDemand(ClaimWalker walker, uint32_t users, uint32_t skus, bool pairs) {
  Demand demand;
  demand.holders.resize(skus);
  if (pairs) demand.together.resize(size_t{skus} * skus);
  for (uint32_t user = 0; user < users; ++user) {
    const Wish wish = walker.WishOf(user);
    demand.claims += wish.claims;
    for (uint32_t sku : wish.skus) {
      ++demand.holders[sku];
      if (!pairs) continue;
      for (uint32_t other : wish.skus) ++demand.together[size_t{sku} * skus + other];
    }
  }
  return demand;
}

uint32_t CountTouching(ClaimWalker walker, uint32_t users, const std::vector<bool>& marked) {
  uint32_t count = 0;
  for (uint32_t user = 0; user < users; ++user) {
    const Wish wish = walker.WishOf(user);
    count += std::any_of(wish.skus.begin(), wish.skus.end(),
                         [&marked](uint32_t sku) { return marked[sku]; });
  }
  return count;
}

}  // namespace seatwise::workload
