// All ways out of a shortage of seats: each is tried out by one what-if, and only what gives seats
// to people who wait is answered, with whom it takes something from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/facts_view.h"
#include "engine/model/ids.h"
#include "engine/plan/fix.h"
#include "engine/plan/fix_candidates.h"

namespace seatwise {

enum class SeatWayKind : uint8_t {
  kBuy,              // Units are bought.
  kRenew,            // A subscription that is parked counts again (S1, S2).
  kTakeOver,         // A subscription that users bought for themselves becomes the tenant's (S1).
  kTakeFromBlocked,  // Accounts that are blocked give up the SKU.
  kTakeFromGuests,   // Guests that are not blocked give it up.
  kLowerPriority,    // An assignment that is served before is served after (C5).
};

struct SeatWay {
  SeatWayKind kind = SeatWayKind::kBuy;
  std::vector<FixStep> steps;  // At least one, made together; each about another fact.
  int64_t units = 0;           // Bought, or of the subscription that is renewed or taken over.
  // Of the two that take seats back: how many such holders there are among `looked_at` holders, the
  // last of the queue; and those who give theirs up.
  int64_t holders = 0;
  int64_t looked_at = 0;
  std::vector<UserId> taken_from;

  int64_t seated = 0;  // Users that come to hold the SKU (O1); at least 1.
  // Users that lose a SKU or a plan of one; what those who give the SKU up have of it aside.
  int64_t losing = 0;
  std::vector<UserId> losing_sample;  // The first by id; at most kMostLosingNamed.

  friend bool operator==(const SeatWay&, const SeatWay&) = default;
};

// Who is to get a seat.
struct SeatWish {
  SkuNo sku = 0;
  ClaimName claim;      // Waits for a seat of it (K6).
  int64_t seats = 1;    // How many users are to get one, up to this claim.
  bool grants = false;  // Only ways after which the claim is granted; otherwise any seat will do.
};

// What a search may cost.
struct SeatWayLimits {
  size_t most_subscriptions = 2;  // Tried of those to renew, and of those to take over.
  size_t most_priorities = 2;     // Tried.
  size_t most_taken_from = 500;   // Users who give a seat up in one way.
  size_t most_looked_at = 5'000;  // Holders, for whether they are blocked or guests.
  // Ideas that reach the claims of more users than this are not tried, but counted.
  int64_t most_touched = 20'000;
};

struct SeatWays {
  std::vector<SeatWay> ways;  // By kind; of one kind as they were tried.
  size_t what_ifs = 0;
  size_t not_tried = 0;  // Ideas that would touch too many.
};

// What gives `wish` seats in `state`, whose facts are `facts`. Leaves out what one of `known` does,
// and a purchase if one of them is nothing else. Deterministic. Fails where the facts fail.
absl::StatusOr<SeatWays> FindSeatWays(const std::shared_ptr<const LiveState>& state,
                                      const FactsView& facts, const SeatWish& wish,
                                      absl::Span<const Fix> known, Executor& executor,
                                      const SeatWayLimits& limits);

}  // namespace seatwise
