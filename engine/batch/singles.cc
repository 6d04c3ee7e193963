// The queue holds only claims for contended SKUs. A user's other claims take no seat that could be
// missing, so they can wait until the user's next entry and be folded in then, in the user's own
// order: nobody else can tell the difference. One thing could tell: a claim for a contended SKU
// that was passed over for K5 and that an uncontended claim heals takes its seat at the healer's
// place in the queue. So a user with a contended claim that needs others (Shape::needs_others)
// queues with all claims.
#include "engine/batch/singles.h"

#include <algorithm>
#include <numeric>

namespace seatwise {
namespace {

// The seats of contended SKUs as the queue passes; others cannot run out.
class QueueSeats {
 public:
  QueueSeats(const Catalog& catalog, const std::vector<char>& contended)
      : left_(catalog.skus(), kUnlimited) {
    for (SkuNo sku = 0; sku < left_.size(); ++sku) {
      if (contended[sku] != 0) left_[sku] = catalog.supply(sku).capacity();
    }
  }
  bool HasSeat(SkuNo sku) const { return left_[sku] > 0; }
  void Take(SkuNo sku) { --left_[sku]; }

 private:
  std::vector<int64_t> left_;
};

bool AsksForContended(const ShapeTable& shapes, const Triage& triage, ShapeNo shape) {
  const auto items = shapes.items(shape);
  return std::any_of(items.begin(), items.end(),
                     [&](const ShapeItem& item) { return triage.contended[item.sku] != 0; });
}

// Whether an uncontended claim could make a contended one pass.
bool MayHealContended(const ShapeTable& shapes, const Triage& triage, const ClaimList& list) {
  return std::any_of(list.shapes.begin(), list.shapes.end(), [&](ShapeNo shape) {
    return shapes[shape].needs_others && AsksForContended(shapes, triage, shape);
  });
}

// Sorts equal parts at the same time and merges them. The order is total: the parts do not show.
void SortQueue(std::vector<QueueEntry>& queue, Executor& executor) {
  std::vector<std::vector<QueueEntry>::iterator> ends(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, queue.size(), [&](Shard shard) {
    const auto begin = queue.begin() + static_cast<std::ptrdiff_t>(shard.begin);
    const auto end = queue.begin() + static_cast<std::ptrdiff_t>(shard.end);
    std::sort(begin, end);
    ends[static_cast<size_t>(shard.index)] = end;
  });
  for (size_t i = 1; i < ends.size(); ++i) std::inplace_merge(queue.begin(), ends[i - 1], ends[i]);
}

}  // namespace

Singles::Singles(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting,
                 const Classes& classes, const Triage& triage, Executor& executor) {
  FindUsers(classes, triage);
  std::vector<std::vector<QueueEntry>> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, size(), [&](Shard shard) {
    TurnOrder turns(shapes, nesting);
    EndlessSeats seats;
    Granting<ShapeTable, EndlessSeats> granting(shapes, traits, seats);
    for (size_t single = shard.begin; single < shard.end; ++single) {
      const ClassNo number = classes.class_of[users_[single]];
      const ClaimList list = classes.List(number);
      turns.Load(users_[single], list.shapes);
      if (triage.handling[number] == Handling::kQueued) {
        PrepareOne(single, shapes, list, triage, turns, parts[static_cast<size_t>(shard.index)]);
      } else {
        granting.Load(list, MutableGranted(single));
        for (size_t turn = 0; turn < list.shapes.size(); ++turn) {
          granting.Offer(turns.order(), turn);
        }
      }
    }
  });
  for (std::vector<QueueEntry>& part : parts) {
    queue_.insert(queue_.end(), part.begin(), part.end());
    part = {};
  }
  SortQueue(queue_, executor);
  RunQueue(shapes, traits, classes, triage);
}

void Singles::FindUsers(const Classes& classes, const Triage& triage) {
  first_word_.push_back(0);
  first_turn_.push_back(0);
  for (size_t user = 0; user < classes.class_of.size(); ++user) {
    const ClassNo number = classes.class_of[user];
    if (triage.handling[number] == Handling::kTogether) continue;
    const size_t claims = classes.List(number).shapes.size();
    const bool queued = triage.handling[number] == Handling::kQueued;
    users_.push_back(static_cast<UserNo>(user));
    first_word_.push_back(first_word_.back() + GrantWords(claims));
    first_turn_.push_back(first_turn_.back() + (queued ? claims : 0));
  }
  granted_.resize(first_word_.back());
  order_.resize(first_turn_.back());
}

GrantBits Singles::MutableGranted(size_t single) {
  const size_t begin = first_word_[single];
  return absl::MakeSpan(granted_).subspan(begin, first_word_[single + 1] - begin);
}

void Singles::PrepareOne(size_t single, const ShapeTable& shapes, const ClaimList& list,
                         const Triage& triage, const TurnOrder& turns,
                         std::vector<QueueEntry>& queue) {
  const absl::Span<const uint32_t> order = turns.order();
  std::copy(order.begin(), order.end(),
            order_.begin() + static_cast<std::ptrdiff_t>(first_turn_[single]));
  const bool all = MayHealContended(shapes, triage, list);
  for (uint32_t turn = 0; turn < order.size(); ++turn) {
    if (!all && !AsksForContended(shapes, triage, list.shapes[order[turn]])) continue;
    queue.push_back(
        {.key = turns.key(order[turn]), .single = static_cast<uint32_t>(single), .turn = turn});
  }
}

void Singles::RunQueue(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
                       const Triage& triage) {
  QueueSeats seats(shapes.catalog(), triage.contended);
  Granting<ShapeTable, QueueSeats> granting(shapes, traits, seats);
  std::vector<uint32_t> next_turn(size(), 0);
  const auto advance = [&](uint32_t single, uint32_t end) {
    const absl::Span<const uint32_t> order = Order(single);
    granting.Load(classes.List(classes.class_of[users_[single]]), MutableGranted(single));
    for (uint32_t& turn = next_turn[single]; turn < end; ++turn) granting.Offer(order, turn);
  };
  for (const QueueEntry& entry : queue_) advance(entry.single, entry.turn + 1);
  for (uint32_t single = 0; single < size(); ++single) {
    const uint32_t end = static_cast<uint32_t>(Order(single).size());
    if (next_turn[single] < end) advance(single, end);
  }
}

}  // namespace seatwise
