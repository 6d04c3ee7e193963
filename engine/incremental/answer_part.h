// What one thread of several finds out about its part of the users.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/incremental/answer_list.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_table.h"
#include "engine/incremental/outcome_tally.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"

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
  AnswerPart(const LiveParts& parts, const SeatBook& book);

  // Once. The users ascend.
  void Answer(absl::Span<const uint32_t> users);

  // Those with an answer.
  AnswerList answers() { return {settled_, pair_of_, absl::MakeSpan(pairs_)}; }
  // Those of them to whom no scarce seat matters any more.
  const std::vector<uint32_t>& leaving() const { return leaving_; }
  // Those that queue anew, who have no answer yet.
  const std::vector<QueuedUser>& queued() const { return queued_; }
  // What the answers change.
  const OutcomeTally& tally() const { return tally_; }

 private:
  // Fetches what is read of users further on in the list.
  void Prefetch(absl::Span<const uint32_t> users) const;
  void AnswerOne(uint32_t user);
  uint32_t PairOf(const UserOutcome& before, Ref<Outcome> after);

  const LiveParts& parts_;
  const SeatBook& book_;
  OutcomeTable known_;
  Evaluator evaluator_;
  std::vector<uint32_t> settled_;
  std::vector<uint32_t> pair_of_;
  std::vector<OutcomePair> pairs_;
  std::vector<uint32_t> leaving_;
  std::vector<QueuedUser> queued_;
  absl::flat_hash_map<std::tuple<const Outcome*, uint32_t, const Outcome*>, uint32_t>
      pair_of_outcomes_;
  OutcomeTally tally_;
};

}  // namespace seatwise
