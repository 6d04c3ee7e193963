// What one thread of several finds out about its part of the users.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_table.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"
#include "engine/incremental/shape_swap.h"
#include "engine/model/catalog.h"
#include "engine/rules/traits.h"

namespace seatwise {

// The seats that others leave to a user who stands in queues.
class SeatsOfOthers final : public SeatSource {
 public:
  SeatsOfOthers(const SeatBook& book, absl::Span<const SeatEntry> own) : book_(book), own_(own) {}

  bool IsTracked(SkuNo sku) const override { return book_.IsTracked(sku); }
  bool HasSeat(SkuNo sku, const QueuePlace& place) const override {
    return book_.HasSeat(sku, place, own_);
  }

 private:
  const SeatBook& book_;
  absl::Span<const SeatEntry> own_;
};

// A user that queues.
struct QueuedUser {
  QueuePlace first_place;  // Of its claims.
  uint32_t user = 0;
  bool moved = false;  // Its entries are at places that are not those of its
                       // claims any more.
};

// The user that the evaluator is turned to, who has these entries.
QueuedUser QueuedAs(const Evaluator& evaluator, uint32_t user, absl::Span<const SeatEntry> entries);

// Answers for users whose answer does not change who takes which seat. Changes
// nothing: the parts and the book, which it refers to, are to be brought up to
// date with what it found. One thread, but any number of these at a time.
class AnswerPart {
 public:
  // A user with an answer.
  struct Settled {
    uint32_t user = 0;
    uint32_t pair = 0;    // Position in pairs().
    bool leaves = false;  // No scarce seat matters to the user any more.
  };
  // How outcomes changed; the one before lives as long as the parts have it.
  struct Pair {
    const Outcome* before = nullptr;
    Ref<Outcome> after;
    int64_t users = 0;
  };
  // How many users more, or fewer.
  struct SkuCounts {
    int64_t demand = 0;
    int64_t consumed = 0;
  };
  struct GroupChange {
    int64_t members = 0;
    int64_t with_errors = 0;
  };

  // `swapped`, if it is given, is all that is different about the users.
  AnswerPart(const LiveParts& parts, const SeatBook& book, const RecentOutcomes& recent,
             const SwappedShapes* swapped);

  // Once. The users ascend.
  void Answer(absl::Span<const uint32_t> users);

  const std::vector<Settled>& settled() const { return settled_; }
  const std::vector<Pair>& pairs() const { return pairs_; }
  // Those that queue anew, who have no answer yet.
  const std::vector<QueuedUser>& queued() const { return queued_; }
  // What the answers change.
  const absl::flat_hash_map<SkuNo, SkuCounts>& skus() const { return skus_; }
  const absl::flat_hash_map<uint32_t, GroupChange>& groups() const { return groups_; }

 private:
  void AnswerOne(uint32_t user);
  void Settle(uint32_t user, uint32_t pair, bool leaves);
  Traits TraitsOf(uint32_t user) const;
  std::optional<uint32_t> PairAfterSwap(const Outcome* before, Traits traits);
  uint32_t AddPair(const Outcome* before, Ref<Outcome> after);
  uint32_t PairOf(const Outcome* before, Ref<Outcome> after);
  void CountPairs();

  const LiveParts& parts_;
  const SeatBook& book_;
  OutcomeTable known_;
  Evaluator evaluator_;
  std::optional<ShapeSwap> swap_;
  std::vector<Settled> settled_;
  std::vector<Pair> pairs_;
  std::vector<QueuedUser> queued_;
  absl::flat_hash_map<std::pair<const Outcome*, Traits>, std::optional<uint32_t>> swapped_pairs_;
  absl::flat_hash_map<std::pair<const Outcome*, const Outcome*>, uint32_t> pair_of_;
  absl::flat_hash_map<SkuNo, SkuCounts> skus_;
  absl::flat_hash_map<uint32_t, GroupChange> groups_;
};

}  // namespace seatwise
