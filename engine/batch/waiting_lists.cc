// Whoever waits for a SKU has a claim for it in the queue: K6 fails only where seats run out. The
// queue is in the order C5, so a user's first entry that ends with COUNT decides the place.
#include "engine/batch/waiting_lists.h"

#include <algorithm>

#include "base/check.h"

namespace seatwise {
namespace {

// Calls visit(sku) for each item of one claim that ends with COUNT.
template <typename Visit>
void ForEachWaitedFor(const ShapeTable& shapes, absl::Span<const ShapeNo> claims,
                      absl::Span<const ViolationMask> items, uint32_t claim, Visit visit) {
  size_t first = 0;
  for (uint32_t before = 0; before < claim; ++before) first += shapes[claims[before]].item_count;
  for (const ShapeItem& item : shapes.items(claims[claim])) {
    if (Contains(items[first++], ViolationCode::kCount)) visit(item.sku);
  }
}

}  // namespace

WaitingLists::WaitingLists(const ShapeTable& shapes, const Classes& classes, const Singles& singles,
                           const Outcomes& outcomes)
    : places_(shapes.catalog().skus()) {
  std::vector<std::vector<UserNo>> in_order(places_.size());
  for (const QueueEntry& entry : singles.queue()) {
    const UserNo user = singles.user(entry.single);
    ForEachWaitedFor(shapes, classes.List(classes.class_of[user]).shapes,
                     outcomes.items(outcomes.of(user)), singles.ClaimOf(entry),
                     [&](SkuNo sku) { in_order[sku].push_back(user); });
  }
  for (SkuNo sku = 0; sku < places_.size(); ++sku) {
    auto& places = places_[sku];
    for (uint32_t i = 0; i < in_order[sku].size(); ++i) places.emplace_back(in_order[sku][i], i);
    std::sort(places.begin(), places.end());
    // Only a user's first entry counts.
    places.erase(std::unique(places.begin(), places.end(),
                             [](const auto& a, const auto& b) { return a.first == b.first; }),
                 places.end());
    std::sort(places.begin(), places.end(),
              [](const auto& a, const auto& b) { return a.second < b.second; });
    for (uint32_t i = 0; i < places.size(); ++i) places[i].second = i + 1;
    std::sort(places.begin(), places.end());
  }
}

int64_t WaitingLists::PlaceOf(UserNo user, SkuNo sku) const {
  const auto it = std::lower_bound(places_[sku].begin(), places_[sku].end(),
                                   std::pair<UserNo, uint32_t>(user, 0));
  SEATWISE_CHECK(it != places_[sku].end() && it->first == user) << "user does not wait";
  return it->second;
}

}  // namespace seatwise
