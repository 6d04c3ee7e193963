// Whoever waits for a SKU has a claim for it in the queue: K6 fails only where seats run out. The
// queue is in the order C5, so a user's first claim that ends with COUNT decides the place.
//
// The claims that decide are found user by user, which reads memory in order, by all threads; then
// the queue is passed once, and what it says of others is not looked at. On preset L 27,000 of the
// 97,000 users in the queue wait for anything.
#include "engine/batch/waiting_lists.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace seatwise {
namespace {

// A claim that decides a user's place in the queue of a SKU.
struct Decider {
  uint32_t turn = 0;
  SkuNo sku = 0;
};

// Finds the deciders of one user at a time. One thread; reused for its buffers.
class DeciderFinder {
 public:
  DeciderFinder(const ShapeTable& shapes, const Singles& singles)
      : shapes_(shapes), singles_(singles), counted_for_(shapes.catalog().skus(), kNobody) {}

  // Appends to `deciders`, ascending by turn.
  void Find(size_t single, absl::Span<const ShapeNo> claims, absl::Span<const ViolationMask> items,
            std::vector<Decider>& deciders) {
    const bool waits = std::any_of(items.begin(), items.end(), [](ViolationMask mask) {
      return Contains(mask, ViolationCode::kCount);
    });
    if (!waits) return;
    first_item_.clear();
    size_t first = 0;
    for (ShapeNo shape : claims) {
      first_item_.push_back(first);
      first += shapes_[shape].item_count;
    }
    const absl::Span<const uint32_t> order = singles_.Order(single);
    for (uint32_t turn = 0; turn < order.size(); ++turn) {
      const ViolationMask* mask = &items[first_item_[order[turn]]];
      for (const ShapeItem& item : shapes_.items(claims[order[turn]])) {
        const bool counts = Contains(*mask++, ViolationCode::kCount);
        if (!counts || counted_for_[item.sku] == single) continue;
        counted_for_[item.sku] = single;
        deciders.push_back({turn, item.sku});
      }
    }
  }

 private:
  static constexpr size_t kNobody = ~size_t{0};

  const ShapeTable& shapes_;
  const Singles& singles_;
  std::vector<size_t> counted_for_;  // By SKU: the last single with a decider.
  std::vector<size_t> first_item_;   // By claim.
};

}  // namespace

WaitingLists::WaitingLists(const ShapeTable& shapes, const Classes& classes, const Singles& singles,
                           const Outcomes& outcomes, Executor& executor)
    : places_(shapes.catalog().skus()) {
  std::vector<std::vector<Decider>> parts(static_cast<size_t>(executor.threads()));
  std::vector<uint32_t> first_decider(singles.size() + 1);  // By single, and one past the end.
  ParallelShards(executor, singles.size(), [&](Shard shard) {
    std::vector<Decider> part;
    DeciderFinder finder(shapes, singles);
    for (size_t single = shard.begin; single < shard.end; ++single) {
      const size_t before = part.size();
      const OutcomeNo outcome = outcomes.of(singles.user(single));
      finder.Find(single, classes.List(outcomes.class_of(outcome)).shapes, outcomes.items(outcome),
                  part);
      first_decider[single + 1] = static_cast<uint32_t>(part.size() - before);
    }
    parts[static_cast<size_t>(shard.index)] = std::move(part);
  });
  std::partial_sum(first_decider.begin(), first_decider.end(), first_decider.begin());
  std::vector<Decider> deciders;
  deciders.reserve(first_decider.back());
  for (const std::vector<Decider>& part : parts) {
    deciders.insert(deciders.end(), part.begin(), part.end());
  }
  for (const QueueEntry& entry : singles.queue()) {
    const auto own = ListAt(first_decider, deciders, entry.single);
    auto decider =
        std::lower_bound(own.begin(), own.end(), entry.turn,
                         [](const Decider& decider, uint32_t turn) { return decider.turn < turn; });
    for (; decider != own.end() && decider->turn == entry.turn; ++decider) {
      auto& places = places_[decider->sku];
      places.emplace_back(singles.user(entry.single), static_cast<uint32_t>(places.size() + 1));
    }
  }
  executor.Run(static_cast<int>(places_.size()), [&](int sku) {
    auto& places = places_[static_cast<size_t>(sku)];
    std::sort(places.begin(), places.end());
  });
}

int64_t WaitingLists::PlaceOf(UserNo user, SkuNo sku) const {
  const auto it = std::lower_bound(places_[sku].begin(), places_[sku].end(),
                                   std::pair<UserNo, uint32_t>(user, 0));
  SEATWISE_CHECK(it != places_[sku].end() && it->first == user) << "user does not wait";
  return it->second;
}

}  // namespace seatwise
