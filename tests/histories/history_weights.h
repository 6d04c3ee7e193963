// What a random history is like. Test only.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "tests/worlds/weights.h"

namespace seatwise::histories {

// The tenant, how long it is followed, and how often what is changed, as shares of each other. The
// defaults are a bit of everything.
struct HistoryWeights {
  std::string flavour = "everything";  // For messages.

  worlds::Weights tenant;
  int steps = 30;
  int single = 55;  // Of a hundred steps, how many have one change only; others up to five.
  int bulk = 2;     // How many have dozens.

  // What is changed.
  int members = 24;        // Users in groups.
  int nesting = 4;         // Groups in groups.
  int group_wishes = 8;    // Assignments of groups.
  int direct_wishes = 8;   // Assignments of users.
  int subscriptions = 10;  // Units, status, self-service, SKU.
  int overage = 2;
  int plans = 3;      // New ones, old ones, their attributes.
  int skus = 4;       // New ones, old ones, their plans.
  int relations = 5;  // Conflicts, requirements, prohibitions.
  int people = 8;     // Location, addresses, created_at.
  int users = 5;      // New ones, deleted ones, deleted ones again.
  int groups = 3;     // The same.
  int settings = 2;
  int nothing = 2;  // No change, facts as they are, facts that no answer depends on.
  int undo = 8;     // What was there before.

  friend std::ostream& operator<<(std::ostream& out, const HistoryWeights& weights) {
    return out << weights.flavour << " of a tenant with " << weights.tenant;
  }
};

// The weights of the history with this seed: a flavour (seats, healing, nesting, ...) with a tenant
// to match.
HistoryWeights RandomHistoryWeights(uint64_t seed);

// The same, longer and for a tenant of some hundred users.
HistoryWeights MediumHistoryWeights(uint64_t seed);

}  // namespace seatwise::histories
