// What a LiveState consists of. A value: copies share what is equal in them.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/incremental/live_answers.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/recent_outcomes.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"
#include "engine/rules/traits.h"

namespace seatwise {

// How the members of a licensed group fare: users with a claim from it, and with a rejected one.
struct GroupCounts {
  uint32_t members = 0;
  uint32_t with_errors = 0;

  friend bool operator==(const GroupCounts&, const GroupCounts&) = default;
};

// Facts and what follows from them.
struct LiveParts {
  LiveFacts facts;
  std::shared_ptr<const TraitTable> traits;  // Of facts.catalog().
  LiveAnswers answers;                       // By user.
  SeatQueues seats;                          // By SKU.
  PersistentVector<GroupCounts> groups;      // By group; zeros if it is not licensed.
  // Of facts.catalog(): versions that share the catalog share these too.
  std::shared_ptr<RecentOutcomes> recent = std::make_shared<RecentOutcomes>();

  // Before the end: see LiveFacts::GiveTo.
  void GiveTo(const LiveParts& heir) {
    facts.GiveTo(heir.facts);
    answers.GiveTo(heir.answers);
    groups.GiveTo(heir.groups);
  }

  // O5 against S3, after all granting. False for a SKU that does not exist.
  bool IsFull(SkuNo sku) const {
    const SeatQueue* queue = seats[sku].get();
    return (queue != nullptr ? queue->consumed : 0) >= facts.products.supply(sku).capacity();
  }
};

}  // namespace seatwise
