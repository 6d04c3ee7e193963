#include "tests/histories/numbers.h"

#include <variant>
#include <vector>

#include "engine/model/fact_key.h"
#include "tests/worlds/dice.h"

namespace seatwise::histories {
namespace {

using worlds::Dice;

// One more number, if the id has none.
template <typename AnyId>
void Number(const AnyId& id, std::map<AnyId, uint32_t>& numbers, uint32_t& next) {
  if (numbers.emplace(id, next).second) ++next;
}

template <typename AnyId>
std::map<AnyId, uint32_t> NumberInAnyOrder(std::vector<AnyId> ids, uint32_t& next, Dice& dice) {
  dice.Shuffle(ids);
  // Around powers of two, where containers of numbers grow.
  if (dice.Chance(30)) next = (1u << dice.Between(3, 15)) - static_cast<uint32_t>(dice.Below(8));
  const int gaps = dice.Chance(50) ? 30 : 0;
  std::map<AnyId, uint32_t> numbers;
  for (const AnyId& id : ids) {
    while (dice.Chance(gaps)) ++next;
    Number(id, numbers, next);
  }
  while (dice.Chance(gaps)) ++next;
  return numbers;
}

}  // namespace

void Numbers::Apply(const ValidatedChangeSet& changes) {
  for (const Fact& fact : changes.puts()) {
    if (const auto* user = std::get_if<User>(&fact)) Number(user->id, users, next.user);
    if (const auto* group = std::get_if<Group>(&fact)) Number(group->id, groups, next.group);
  }
  for (const FactKey& key : changes.deletes()) {
    if (const auto* user = std::get_if<UserId>(&key)) users.erase(*user);
    if (const auto* group = std::get_if<GroupId>(&key)) groups.erase(*group);
  }
}

Numbers AnyNumbers(const Facts& facts, uint64_t seed) {
  Dice dice(seed ^ 0x9b3);
  std::vector<UserId> users;
  std::vector<GroupId> groups;
  for (const User& user : facts.users) users.push_back(user.id);
  for (const Group& group : facts.groups) groups.push_back(group.id);
  Numbers numbers;
  numbers.users = NumberInAnyOrder(std::move(users), numbers.next.user, dice);
  numbers.groups = NumberInAnyOrder(std::move(groups), numbers.next.group, dice);
  return numbers;
}

}  // namespace seatwise::histories
