#include "engine/incremental/sku_users.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"

namespace seatwise {
namespace {

// The groups whose direct members are members of one of `groups` (M1, M2).
std::vector<uint32_t> WithSubgroups(const LiveFacts& facts, std::vector<uint32_t> groups) {
  if (!facts.settings.nested_groups) return groups;
  absl::flat_hash_set<uint32_t> seen(groups.begin(), groups.end());
  for (size_t i = 0; i < groups.size(); ++i) {
    for (const GroupLink& child : facts.groups[groups[i]]->children) {
      if (seen.insert(child.group).second) groups.push_back(child.group);
    }
  }
  return groups;
}

}  // namespace

std::vector<uint32_t> UsersWithClaimOn(const LiveFacts& facts, absl::Span<const SkuNo> skus) {
  std::vector<uint32_t> groups;
  std::vector<uint32_t> users;
  for (SkuNo sku : skus) {
    facts.sources[sku].groups.ForEach([&](uint32_t group) { groups.push_back(group); });
    facts.sources[sku].users.ForEach([&](uint32_t user) { users.push_back(user); });
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  for (uint32_t group : WithSubgroups(facts, std::move(groups))) {
    facts.members[group].ForEach([&](uint32_t user) { users.push_back(user); });
  }
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  return users;
}

}  // namespace seatwise
