// The order in which one user's claims get their turns (C5).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/prefetch.h"
#include "base/time.h"
#include "engine/batch/nesting.h"
#include "engine/model/columns.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"

namespace seatwise {

// What decides between claims of different users, before the user's number does (C5).
struct QueueKey {
  int32_t priority = 0;
  Time since;
  Time joined;

  // Whether x has its turn before y.
  friend bool operator<(const QueueKey& x, const QueueKey& y) {
    if (x.priority != y.priority) return x.priority > y.priority;
    if (x.since != y.since) return x.since < y.since;
    return x.joined < y.joined;
  }
  friend bool operator==(const QueueKey&, const QueueKey&) = default;
};

// Works on one user at a time; reused for its buffers. One thread.
class TurnOrder {
 public:
  TurnOrder(const ShapeTable& shapes, const Nesting& nesting)
      : shapes_(shapes),
        columns_(shapes.columns()),
        nesting_(nesting),
        joined_at_(columns_.groups.size()) {}

  // Fetches what Load of that user will read of the columns: most users have no turns, so that
  // those who have are far from each other.
  void Fetch(UserNo user) const;
  // Fetches what that needs, before.
  void FetchPlace(UserNo user) const { PrefetchLine(&columns_.first_membership[user]); }

  // Turns to a user whose claims are `claims`.
  void Load(UserNo user, absl::Span<const ShapeNo> claims);

  // The claims (positions in the list) in the order of their turns. Valid until the next Load.
  absl::Span<const uint32_t> order() const { return order_; }
  // By claim.
  const QueueKey& key(uint32_t claim) const { return keys_[claim]; }

 private:
  void FindJoined(UserNo user, absl::Span<const ShapeNo> claims);
  void Sort();

  const ShapeTable& shapes_;
  const Columns& columns_;
  const Nesting& nesting_;
  std::vector<uint32_t> carrying_;  // Of the user's memberships, those that count.
  std::vector<Time> joined_at_;     // By group; of those that the user's claims are from.
  std::vector<QueueKey> keys_;
  std::vector<uint32_t> order_;
  uint32_t inherited_ = 0;  // Claims from groups; the direct ones follow.
};

}  // namespace seatwise
