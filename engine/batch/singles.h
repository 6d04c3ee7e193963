// Grants to the users that are not answered for by their class: one by one where only their own
// order matters, through the queue where seats are short (G1, G2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "absl/types/span.h"
#include "base/executor.h"
#include "base/prefetch.h"
#include "engine/batch/classes.h"
#include "engine/batch/nesting.h"
#include "engine/batch/queue_order.h"
#include "engine/batch/together.h"
#include "engine/batch/triage.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Users with an answer of their own, ascending, and what was granted to each.
class Singles {
 public:
  // Evaluates all users whose class is not kTogether, and answers `together` by the threads that
  // have nothing to do while the queue runs.
  Singles(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting,
          const Classes& classes, const Triage& triage, Together& together, Executor& executor);

  size_t size() const { return users_.size(); }
  UserNo user(size_t single) const { return users_[single]; }
  absl::Span<const uint64_t> granted(size_t single) const {
    return ListAt(first_word_, granted_, single);
  }

  // Of a user with a claim in the queue: the claims in the order of their turns. Else empty.
  absl::Span<const uint32_t> Order(size_t single) const {
    return ListAt(first_turn_, order_, single);
  }

  // The claims for contended SKUs and what may heal them, in the order C5.
  absl::Span<const QueueEntry> queue() const { return queue_; }

 private:
  // What a turn in the queue needs of its user, in one line of the cache.
  struct alignas(kCacheLine) Standing {
    ClaimList claims;
    uint64_t* granted = nullptr;
    const uint32_t* order = nullptr;  // As long as the claims.
    GrantProgress progress;

    void Prefetch() const {
      PrefetchLine(claims.shapes.data());
      PrefetchLine(granted);
      PrefetchLine(order);
      PrefetchLineToWrite(progress.words);
    }
  };
  // The standings of all singles, with the memory that they use.
  struct Standings {
    std::vector<Standing> of;     // By single; the users alone have none.
    std::vector<uint64_t> words;  // Of GrantProgress.
    std::deque<Healing> healing;  // Of users with many claims.
  };

  void FindUsers(const Classes& classes, const Triage& triage, Executor& executor);
  GrantBits MutableGranted(size_t single);
  absl::Span<uint32_t> MutableOrder(size_t single);
  Standings FindStandings(const ShapeTable& shapes, const Classes& classes, Executor& executor);
  void RunQueue(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
                const Triage& triage, Together& together, Executor& executor);

  std::vector<UserNo> users_;
  std::vector<size_t> first_word_;  // By single, and one past the end.
  std::vector<uint64_t> granted_;
  std::vector<size_t> first_turn_;  // By single, and one past the end.
  std::vector<uint32_t> order_;     // By turn: a claim.
  std::vector<QueueEntry> queue_;
};

}  // namespace seatwise
