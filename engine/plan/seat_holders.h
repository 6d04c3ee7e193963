// Who holds a seat that others wait for, and how the seat comes back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/incremental/live_state.h"
#include "engine/incremental/queue_place.h"
#include "engine/model/catalog.h"
#include "engine/plan/draft.h"
#include "engine/plan/fix.h"

namespace seatwise {

// Calls visit(place) for holders of `sku`, which somebody waits for, by the places at which they
// took their seats: of the last `most` of the queue.
void ForEachLastHolder(const LiveState& state, SkuNo sku, size_t most,
                       absl::FunctionRef<void(const QueuePlace& place)> visit);

// Holders whose seat is perhaps not needed.
struct IdleHolders {
  std::vector<uint32_t> blocked;  // Accounts that are not enabled, by the bytes of the ids.
  std::vector<uint32_t> guests;   // Guests that are enabled, likewise.
  size_t looked_at = 0;           // Holders.
};

// Those among the last `most` holders of `sku`, which somebody waits for.
IdleHolders FindIdleHolders(const LiveState& state, SkuNo sku, size_t most);

// What leaves the user, who exists, without any claim on the SKU: a direct assignment is taken
// back, and the user leaves each group by which it is a member (M1, M2) of one that brings the SKU.
// Fails where the facts fail.
absl::StatusOr<std::vector<FixStep>> GivingUp(const LiveState& state, const Draft& draft,
                                              uint32_t user, SkuNo sku);

}  // namespace seatwise
