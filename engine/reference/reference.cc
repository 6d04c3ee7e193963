#include "engine/reference/reference.h"

#include <vector>

#include "engine/reference/claims.h"
#include "engine/reference/granting.h"
#include "engine/reference/membership.h"
#include "engine/reference/outcomes.h"

namespace seatwise {

Derived DeriveReference(const Facts& facts) {
  const reference::MembersOfGroups members = reference::AllMembers(facts);
  const std::vector<reference::Claim> queue = reference::ClaimQueue(facts, members);
  const reference::Outcome outcome = reference::GrantAll(facts, queue);
  return reference::ToDerived(facts, members, queue, outcome);
}

}  // namespace seatwise
