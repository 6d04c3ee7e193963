#include "tests/histories/load_facts.h"

#include <string>
#include <utility>

#include "engine/model/account_flags.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/memory_facts.h"

namespace seatwise::histories {

LoadedFacts LoadFacts(const Facts& facts, const Numbers& numbers) {
  // Sorted by key: places are ranks.
  Facts sorted = MemoryFacts(facts).ToFacts();
  LoadedFacts loaded;
  loaded.columns = ColumnsFromFacts(sorted);
  loaded.next = numbers.next;
  for (size_t rank = 0; rank < sorted.users.size(); ++rank) {
    const User& user = sorted.users[rank];
    loaded.user_number.push_back(numbers.users.at(user.id));
    loaded.created_at.push_back(user.created_at);
    loaded.accounts.push_back(FlagsOf(user));
    for (const std::string& address : user.proxy_addresses) {
      loaded.addresses.address.Add(address);
      loaded.addresses.user.push_back(static_cast<uint32_t>(rank));
    }
  }
  for (const Group& group : sorted.groups) {
    loaded.group_number.push_back(numbers.groups.at(group.id));
  }
  sorted.users.clear();
  sorted.groups.clear();
  sorted.memberships.clear();
  sorted.assignments.clear();
  sorted.observed.clear();
  loaded.products = std::move(sorted);
  return loaded;
}

}  // namespace seatwise::histories
