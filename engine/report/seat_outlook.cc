#include "engine/report/seat_outlook.h"

#include <algorithm>

#include "base/check.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/model/catalog.h"

namespace seatwise {
namespace {

constexpr double kWeek = 7.0 * 24 * 3600 * 1'000'000;
constexpr double kMostWeeks = 10 * 365.25 / 7;

bool IsHeld(const std::optional<LicenseValue>& license) {
  return license && license->state != LicenseState::kError;
}

}  // namespace

int64_t LosingUsers(const LiveState& state, const Subscription& subscription) {
  const std::optional<SkuNo> sku = state.FindSku(subscription.sku.value());
  SEATWISE_CHECK(sku.has_value()) << "a subscription without its SKU";
  SeatSupply supply = state.parts().facts.products.supply(*sku);
  if (subscription.self_service || subscription.status == SubscriptionStatus::kDeleted) return 0;
  supply.Add(subscription.status, -subscription.units);
  if (supply.capacity() == kUnlimited) return 0;
  return std::max<int64_t>(0, state.SeatsOf(*sku).consumed - supply.capacity());
}

void SeatMovements::Add(const LicenseDelta& delta) {
  for (const LicenseDelta::Run& run : delta.runs) {
    if (IsHeld(run.before) == IsHeld(run.after)) continue;
    SeatMovement& movement = movements_[run.sku];
    (IsHeld(run.after) ? movement.joined : movement.left) += static_cast<int64_t>(run.users.size());
  }
}

SeatMovement SeatMovements::Of(const SkuId& sku) const {
  const auto found = movements_.find(sku);
  return found == movements_.end() ? SeatMovement() : found->second;
}

SeatOutlook OutlookOf(const SeatUsage& seats, const SeatMovement& movement, Time since, Time now) {
  const double weeks = std::max(1.0, static_cast<double>(now.micros - since.micros) / kWeek);
  SeatOutlook outlook;
  outlook.net_per_week = static_cast<double>(movement.joined - movement.left) / weeks;
  if (seats.capacity == kUnlimited) return outlook;
  if (seats.consumed >= seats.capacity) {
    outlook.runs_out_at = now;
    return outlook;
  }
  if (outlook.net_per_week <= 0) return outlook;
  const double left = static_cast<double>(seats.capacity - seats.consumed) / outlook.net_per_week;
  if (left > kMostWeeks) return outlook;
  outlook.runs_out_at = Time{now.micros + static_cast<int64_t>(left * kWeek)};
  return outlook;
}

}  // namespace seatwise
