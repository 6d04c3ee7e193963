// What becomes of many users when one group asks for other SKUs than before: by outcome, whatever
// the number of users and threads.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/incremental/answer_list.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome_tally.h"
#include "engine/incremental/seat_book.h"

namespace seatwise {

// The answers of users by pairs of outcomes, before and after. Changes nothing. The seats and
// places in queues of users with an answer stay as they are.
class SwappedUsers {
 public:
  // `swapped` is all that is different about the users, who ascend and outlive this.
  SwappedUsers(const LiveParts& parts, const SeatBook& book, const SwappedShapes& swapped,
               absl::Span<const uint32_t> users, Executor& executor);

  // All users, those with an answer and the others.
  AnswerList answers() { return {users_, pair_of_, absl::MakeSpan(pairs_)}; }
  // The others, who have to be looked at; ascending.
  const std::vector<uint32_t>& rest() const { return rest_; }
  // What the answers change, each part of it in one of these.
  const std::vector<OutcomeTally>& tallies() const { return tallies_; }

 private:
  class Finder;

  absl::Span<const uint32_t> users_;
  std::vector<uint32_t> pair_of_;
  std::vector<OutcomePair> pairs_;
  std::vector<uint32_t> rest_;
  std::vector<OutcomeTally> tallies_;
};

}  // namespace seatwise
