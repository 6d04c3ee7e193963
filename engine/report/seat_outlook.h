// What becomes of seats: if a subscription is not renewed, and if users go on to come as they did.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"

namespace seatwise {

// Users for whom there would be no seat without the subscription, whose SKU exists: those that hold
// the SKU (O5), beyond the capacity (S3) that is left. 0 for one whose units never count.
int64_t LosingUsers(const LiveState& state, const Subscription& subscription);

// How often users came to hold a SKU (O1), and ceased to.
struct SeatMovement {
  int64_t joined = 0;
  int64_t left = 0;
};

// Adds up what the journal tells. One thread.
class SeatMovements {
 public:
  // Of one revision.
  void Add(const LicenseDelta& delta);
  SeatMovement Of(const SkuId& sku) const;

 private:
  absl::flat_hash_map<SkuId, SeatMovement> movements_;
};

// When seats run out.
struct SeatOutlook {
  double net_per_week = 0;  // Joined less left.
  // When no seat is free any more: now, if none is; nothing, if that does not come within 10 years.
  std::optional<Time> runs_out_at;
};

// If it goes on as it did from `since` until `now`. Less than a week counts as a week, so that a
// day says nothing of years.
SeatOutlook OutlookOf(const SeatUsage& seats, const SeatMovement& movement, Time since, Time now);

}  // namespace seatwise
