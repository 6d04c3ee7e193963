// Section 5: which claims are granted. Test only.
#pragma once

#include <map>
#include <vector>

#include "engine/model/facts.h"
#include "engine/reference/checks.h"
#include "engine/reference/claims.h"

namespace seatwise::reference {

// What became of a queue of claims.
struct Outcome {
  std::vector<bool> granted;               // For each claim of the queue.
  std::vector<ItemViolations> violations;  // For each claim of the queue; COUNT with its place.
  std::map<UserId, Holdings> holdings;     // Every user of the tenant.
  Seats seats;
};

// G1 to G3, and the places O8.
Outcome GrantAll(const Facts& facts, const std::vector<Claim>& queue);

}  // namespace seatwise::reference
