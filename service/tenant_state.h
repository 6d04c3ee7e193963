// What readers see of a tenant: one revision of it, whole and immutable.
#pragma once

#include <cstdint>
#include <memory>

#include "base/time.h"

namespace seatwise {

class FactsSnapshot;
class LiveState;

// Facts and what follows from them at one revision. Holding it keeps the revision readable, and its
// memory, however many come after it; so hold it for a call, not for longer.
struct TenantState {
  uint64_t revision = 0;  // L1; 0 before the first commit.
  Time committed_at;
  std::shared_ptr<const LiveState> live;       // Derived state, in memory.
  std::shared_ptr<const FactsSnapshot> facts;  // All facts, in the store.
};

using TenantStatePtr = std::shared_ptr<const TenantState>;

}  // namespace seatwise
