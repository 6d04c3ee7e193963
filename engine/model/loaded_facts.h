// A tenant as it comes from a store: what the engine starts from.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/model/account_flags.h"
#include "engine/model/address_clashes.h"
#include "engine/model/columns.h"
#include "engine/model/facts.h"
#include "engine/model/numbers.h"

namespace seatwise {

// All facts that matter, of one revision. Plain data.
struct LoadedFacts {
  // What columns.catalog was built from: settings, plans, skus, conflicts, requirements,
  // prohibitions and subscriptions. The other lists are empty.
  Facts products;

  // Users, groups, SKUs and plans are numbers in the order of their ids here ("ranks").
  Columns columns;
  std::vector<uint32_t> user_number;   // The stored number, by rank in columns.users.
  std::vector<uint32_t> group_number;  // The stored number, by rank in columns.groups.
  NextNumbers next;                    // Greater than all numbers above.

  // What K3 needs when users change later: columns.clashes says only who clashes now.
  std::vector<Time> created_at;  // By rank in columns.users.
  AddressColumn addresses;       // `user` is the rank in columns.users, ascending.

  // By rank in columns.users; empty: all are members whose accounts are enabled.
  std::vector<AccountFlags> accounts;
};

}  // namespace seatwise
