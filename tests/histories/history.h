// A tenant and what is changed about it, step by step. Test only.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/validated_change_set.h"

namespace seatwise::histories {

// Steps may be ones that the door does not let through as they are: what is left of them, if they
// are Admitted one after the other, is what happens. So a history from which something is taken
// away is a history.
struct History {
  Facts start;
  std::vector<ChangeSet> steps;

  friend bool operator==(const History&, const History&) = default;
};

// What is left of a change set at the door.
struct Admitted {
  ChangeSet given;             // In the order they were given.
  ValidatedChangeSet changes;  // The same, validated.
  size_t refused = 0;          // Changes that are left out.
};

// Leaves out the changes that Validate has errors about, until it has none.
Admitted Admit(ChangeSet changes, const FactsView& facts);

// `facts` after the history's first `steps` steps.
Facts FactsAfter(const History& history, size_t steps);

}  // namespace seatwise::histories
