// What seats cost, by the prices of the subscriptions that bring them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/types/span.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/facts.h"

namespace seatwise {

// Amounts in ten-thousandths, by currency; nothing that is 0. A price without a currency has "".
// What is beyond 64 bits is the most that they hold.
using Costs = std::map<std::string, int64_t>;

// What all units of a subscription cost, in ten-thousandths; nothing without a price.
std::optional<int64_t> CostOf(const Subscription& subscription);

// What the usable units of each SKU (S1) cost.
class SeatPrices {
 public:
  // Of all subscriptions that `state` follows from.
  SeatPrices(const LiveState& state, absl::Span<const Subscription> subscriptions);

  // Usable units of the SKU, and those of them without a price.
  int64_t units(SkuNo sku) const { return prices_[sku].units; }
  int64_t unpriced(SkuNo sku) const { return prices_[sku].unpriced; }
  // What all its usable units cost.
  Costs All(SkuNo sku) const { return Of(sku, prices_[sku].units); }
  // What so many seats cost: a unit at what the usable ones cost on average, rounded to the nearest
  // ten-thousandth. Nothing if no unit is usable.
  Costs Of(SkuNo sku, int64_t seats) const;

 private:
  struct Price {
    int64_t units = 0;
    int64_t unpriced = 0;
    std::map<std::string, absl::int128> total;  // Ten-thousandths, by currency.
  };

  std::vector<Price> prices_;  // By SKU.
};

// Adds `more` to `costs`.
void AddTo(Costs& costs, const Costs& more);

// Seats that users hold by a group, or directly.
struct SourceSeats {
  std::optional<uint32_t> group;  // Nothing: by direct assignments.
  SkuNo sku = 0;
  int64_t seats = 0;  // Users that hold the SKU by a granted claim of this source; at least 1.
  int64_t sole = 0;   // Those of them who hold it by no other source.
};

// By the id of the group, nothing last; then by the id of the SKU. Takes the time of a look at each
// user.
std::vector<SourceSeats> SeatsBySource(const LiveState& state);

}  // namespace seatwise
