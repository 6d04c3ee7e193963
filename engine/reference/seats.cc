#include "engine/reference/seats.h"

#include <set>

namespace seatwise::reference {
namespace {

// Units of `sku` that count (S1, S2: not self-service) and have one of these statuses.
int64_t Units(const Facts& facts, const SkuId& sku, const std::set<SubscriptionStatus>& statuses) {
  int64_t units = 0;
  for (const Subscription& subscription : facts.subscriptions) {
    if (subscription.sku != sku || subscription.self_service) continue;
    if (statuses.contains(subscription.status)) units += subscription.units;
  }
  return units;
}

}  // namespace

int64_t Usable(const Facts& facts, const SkuId& sku) {
  return Units(facts, sku, {SubscriptionStatus::kEnabled, SubscriptionStatus::kWarning});
}

int64_t Parked(const Facts& facts, const SkuId& sku) {
  return Units(facts, sku, {SubscriptionStatus::kSuspended, SubscriptionStatus::kLockedOut});
}

int64_t Capacity(const Facts& facts, const Sku& sku) {
  const int64_t usable = Usable(facts, sku.id);
  if (usable == 0) return Parked(facts, sku.id);
  if (sku.overage_units == kUnlimited) return kUnlimited;
  return usable + sku.overage_units;
}

bool IsOff(const Facts& facts, const SkuId& sku) {
  return Usable(facts, sku) == 0 && Parked(facts, sku) > 0;
}

}  // namespace seatwise::reference
