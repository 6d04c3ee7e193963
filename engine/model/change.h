// What callers want to be different about the facts of a tenant. Plain data, checked by nobody yet:
// validate.h is the door.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "engine/model/fact_key.h"
#include "engine/model/facts.h"

namespace seatwise {

// The fact shall be there as given; whatever has its key now is replaced as a whole.
struct Put {
  Fact fact;

  friend bool operator==(const Put&, const Put&) = default;
};

// The fact with this key, which exists, shall be gone. What only makes sense with it goes along:
// the memberships and direct assignments of a user, the memberships of a group on both sides.
struct Delete {
  FactKey key;
  // Also where other facts stand on it: these are deleted, or the plan is taken out of their sets
  // (deletion.h).
  bool cascade = false;

  friend bool operator==(const Delete&, const Delete&) = default;
};

using Change = std::variant<Put, Delete>;

// Changes that come true together or not at all. Their order means nothing: each key may be named
// once, and what a fact names must be there when all changes are made.
struct ChangeSet {
  std::vector<Change> changes;

  friend bool operator==(const ChangeSet&, const ChangeSet&) = default;
};

// The key that a change is about, normalised.
inline FactKey KeyOf(const Change& change) {
  const Put* put = std::get_if<Put>(&change);
  return put != nullptr ? KeyOf(put->fact) : Normalised(std::get<Delete>(change).key);
}

}  // namespace seatwise
