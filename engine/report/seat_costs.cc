#include "engine/report/seat_costs.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "base/check.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"
#include "engine/rules/granting.h"
#include "engine/rules/shape.h"

namespace seatwise {
namespace {

bool IsUsable(const Subscription& subscription) {
  return !subscription.self_service && (subscription.status == SubscriptionStatus::kEnabled ||
                                        subscription.status == SubscriptionStatus::kWarning);
}

// To the nearest, halves away from zero. `divisor` is above 0.
absl::int128 DividedToNearest(absl::int128 number, int64_t divisor) {
  const int64_t half = divisor / 2;
  return (number < 0 ? number - half : number + half) / divisor;
}

int64_t Clamped(absl::int128 amount) {
  const absl::int128 least = INT64_MIN;
  const absl::int128 most = INT64_MAX;
  return static_cast<int64_t>(std::clamp(amount, least, most));
}

// Counts by source. Users with the same answer hold by the same sources, so answers are counted
// first.
class SourceCounts {
 public:
  void Add(const Outcome& outcome, int64_t users) {
    by_sku_.clear();
    for (size_t i = 0; i < outcome.claims.size(); ++i) {
      if (!IsGranted(outcome.granted, i)) continue;
      for (const ShapeItem& item : outcome.claims[i]->items) {
        by_sku_.emplace_back(item.sku, outcome.claims[i]->head.group);
      }
    }
    std::sort(by_sku_.begin(), by_sku_.end());
    for (size_t begin = 0, end = 0; begin < by_sku_.size(); begin = end) {
      while (end < by_sku_.size() && by_sku_[end].first == by_sku_[begin].first) ++end;
      for (size_t i = begin; i < end; ++i) {
        Count& count = counts_[{by_sku_[i].second, by_sku_[i].first}];
        count.seats += users;
        if (end - begin == 1) count.sole += users;
      }
    }
  }

  std::vector<SourceSeats> Take() && {
    std::vector<SourceSeats> rows;
    for (const auto& [key, count] : counts_) {
      SourceSeats& row = rows.emplace_back();
      if (key.first != Shape::kDirect) row.group = key.first;
      row.sku = key.second;
      row.seats = count.seats;
      row.sole = count.sole;
    }
    return rows;
  }

 private:
  struct Count {
    int64_t seats = 0;
    int64_t sole = 0;
  };

  std::vector<std::pair<SkuNo, uint32_t>> by_sku_;  // With the group, or Shape::kDirect.
  absl::flat_hash_map<std::pair<uint32_t, SkuNo>, Count> counts_;
};

}  // namespace

std::optional<int64_t> CostOf(const Subscription& subscription) {
  if (!subscription.unit_price) return std::nullopt;
  return Clamped(absl::int128(subscription.units) * subscription.unit_price->ten_thousandths);
}

SeatPrices::SeatPrices(const LiveState& state, absl::Span<const Subscription> subscriptions)
    : prices_(state.catalog().skus()) {
  for (const Subscription& subscription : subscriptions) {
    if (!IsUsable(subscription)) continue;
    const std::optional<SkuNo> sku = state.FindSku(subscription.sku.value());
    SEATWISE_CHECK(sku.has_value()) << "a subscription without its SKU";
    Price& price = prices_[*sku];
    price.units += subscription.units;
    if (!subscription.unit_price) {
      price.unpriced += subscription.units;
      continue;
    }
    price.total[subscription.currency] +=
        absl::int128(subscription.units) * subscription.unit_price->ten_thousandths;
  }
}

Costs SeatPrices::Of(SkuNo sku, int64_t seats) const {
  Costs costs;
  const Price& price = prices_[sku];
  if (price.units == 0) return costs;
  for (const auto& [currency, total] : price.total) {
    // The total of 10^12 units at any price, times 10^12 seats, would not fit.
    const int64_t amount = Clamped(total / price.units * seats +
                                   DividedToNearest(total % price.units * seats, price.units));
    if (amount != 0) costs[currency] = amount;
  }
  return costs;
}

void AddTo(Costs& costs, const Costs& more) {
  for (const auto& [currency, amount] : more) {
    int64_t& sum = costs[currency];
    sum = Clamped(absl::int128(sum) + amount);
  }
}

std::vector<SourceSeats> SeatsBySource(const LiveState& state) {
  absl::flat_hash_map<const Outcome*, int64_t> users;
  state.parts().answers.ForEachOutcome(
      [&](uint32_t, const Outcome& outcome) { ++users[&outcome]; });
  SourceCounts counts;
  for (const auto& [outcome, count] : users) counts.Add(*outcome, count);
  std::vector<SourceSeats> rows = std::move(counts).Take();
  std::sort(rows.begin(), rows.end(), [&](const SourceSeats& x, const SourceSeats& y) {
    if (x.group != y.group) {
      if (!x.group || !y.group) return x.group.has_value();
      return state.GroupIdOf(*x.group) < state.GroupIdOf(*y.group);
    }
    return state.catalog().sku(x.sku).id < state.catalog().sku(y.sku).id;
  });
  return rows;
}

}  // namespace seatwise
