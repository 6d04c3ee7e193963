// M2 asks for the earliest chain, where a chain is as late as its latest fact. Chains are made
// longer by one fact at a time at their front, g -> (h -> ... -> u), keeping the best time for each
// (g, u), until no fact improves anything. Times only fall and are taken from the facts, so that
// ends; a chain that runs through a cycle is never earlier than the one that does not.
#include "engine/reference/membership.h"

#include <algorithm>
#include <variant>

namespace seatwise::reference {
namespace {

// Takes a chain from a group to `user` of time `time` into account. True if it is the best so far.
bool Improve(Members& members, const UserId& user, Time time) {
  const auto [it, is_new] = members.emplace(user, time);
  if (is_new) return true;
  if (it->second <= time) return false;
  it->second = time;
  return true;
}

// Puts the fact (group, inner, added_at) in front of every chain known from `inner`.
bool Prepend(MembersOfGroups& all, const Membership& fact, const GroupId& inner) {
  bool improved = false;
  const Members chains = all[inner];  // A copy: a group may be its own member.
  for (const auto& [user, time] : chains) {
    improved |= Improve(all[fact.group], user, std::max(fact.added_at, time));
  }
  return improved;
}

}  // namespace

MembersOfGroups AllMembers(const Facts& facts) {
  MembersOfGroups all;
  for (const Membership& fact : facts.memberships) {
    const auto* user = std::get_if<UserId>(&fact.member);
    if (user != nullptr) Improve(all[fact.group], *user, fact.added_at);
  }
  for (bool improved = facts.settings.nested_groups; improved;) {
    improved = false;
    for (const Membership& fact : facts.memberships) {
      const auto* inner = std::get_if<GroupId>(&fact.member);
      if (inner != nullptr) improved |= Prepend(all, fact, *inner);
    }
  }
  std::erase_if(all, [](const auto& entry) { return entry.second.empty(); });
  return all;
}

}  // namespace seatwise::reference
