// Answers for users of a tenant one by one, and keeps the queues of seats and all counts in step
// with the answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/incremental/answer_list.h"
#include "engine/incremental/answer_part.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/live_answers.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_table.h"
#include "engine/incremental/outcome_tally.h"
#include "engine/incremental/prepare_options.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"
#include "engine/incremental/swapped_users.h"
#include "engine/model/catalog.h"

namespace seatwise {

// Works on a version that nobody else has. Its facts are new already; what follows from them is as
// it was before, for the users that are not answered for yet. One thread.
class UserAnswers {
 public:
  // `before` knows the ids of users that stand in a queue and are gone.
  UserAnswers(LiveParts& parts, const LiveFacts& before, const PrepareLimits& limits,
              Executor& executor);
  UserAnswers(const UserAnswers&) = delete;
  UserAnswers& operator=(const UserAnswers&) = delete;

  // The users, who no longer exist, have nothing.
  void Drop(absl::Span<const uint32_t> users);
  // The users, each once, get the answers that follow from the facts and from the seats that the
  // others leave. False if there are too many for that: give up.
  // `swapped` says what is different about all of them, if it is known to be that alone: then they
  // outlive this.
  bool Answer(absl::Span<const uint32_t> users, const SwappedShapes* swapped = nullptr);
  // The supply of the SKU may be another.
  void Unsettle(SkuNo sku) { book_.Unsettle(sku); }

  // Makes the answers of all agree with each other: whoever gains or loses a seat by what was done
  // is answered for. Answers for how many users that was; nothing if there are too many. Nothing
  // may follow.
  std::optional<uint64_t> Finish();

  // Users that were answered for by outcome; what they have now is told there, unless they are
  // among touched() as well.
  AnswerList swapped() { return swapped_ ? swapped_->answers() : AnswerList(); }
  // All others that were answered for or dropped, in any order and perhaps more than once.
  const std::vector<uint32_t>& touched() const { return touched_; }

 private:
  struct IdOf {
    const LiveFacts& facts;
    const LiveFacts& before;
    absl::string_view operator()(uint32_t user) const {
      const absl::string_view id = facts.UserIdOf(user);
      return id.empty() ? before.UserIdOf(user) : id;
    }
  };
  struct CapacityOf {
    const LiveFacts& facts;
    int64_t operator()(SkuNo sku) const { return facts.products.supply(sku).capacity(); }
  };

  void Leave(uint32_t user);
  // Answers for users whose answer changes nothing for others, and returns those that queue anew.
  std::vector<QueuedUser> AnswerUnqueued(absl::Span<const uint32_t> users);
  std::vector<QueuedUser> AnswerUnqueuedByThreads(absl::Span<const uint32_t> users,
                                                  const SwappedShapes* swapped);
  // Counts what answers change.
  void Take(const OutcomeTally& tally);
  void Give(absl::Span<const AnswerList> lists);
  // Answers for the user that the evaluator is turned to.
  void AnswerLoaded(uint32_t user);
  void SetEntries(uint32_t user, absl::Span<const SeatEntry> entries);
  void SetOutcome(uint32_t user, Ref<Outcome> outcome);
  // Counts that a user went from one outcome to another.
  void Count(const Outcome* before, const Outcome* after);
  void CountGroup(uint32_t group, int64_t members, int64_t with_errors);

  LiveParts& parts_;
  const PrepareLimits& limits_;
  Executor& executor_;
  IdOf id_of_;
  CapacityOf capacity_of_;
  PlaceOrder order_;
  OutcomeTable known_;
  SeatBook book_;
  Evaluator evaluator_;
  std::optional<SwappedUsers> swapped_;
  // What was given once and is not in the answers any more: swapped() still tells of it.
  std::vector<std::shared_ptr<const LiveAnswers::Table>> tables_before_;
  std::vector<uint32_t> touched_;
  size_t queued_ = 0;  // Users that were answered for as the queue has them.
};

}  // namespace seatwise
