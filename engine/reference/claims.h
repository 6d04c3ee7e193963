// Section 4: what the sources of a tenant ask for, and in which order. Test only.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/reference/membership.h"

namespace seatwise::reference {

// One SKU of a claim with the plans asked for; maybe none (C1).
struct Item {
  SkuId sku;
  PlanIdSet plans;
};

// What one source asks for on behalf of one user.
struct Claim {
  UserId user;
  Principal source;
  int32_t priority = 0;
  Time since;
  Time joined;
  std::vector<Item> items;  // By SKU, each once; at least one.
};

// All claims of the tenant (C2, and C3 or C4) in the order C5.
std::vector<Claim> ClaimQueue(const Facts& facts, const MembersOfGroups& members);

}  // namespace seatwise::reference
