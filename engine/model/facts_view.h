// How the door looks at the facts that are stored: a snapshot of a store, an index in memory, or
// either with changes laid over it.
#pragma once

#include <cstddef>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/reference.h"

namespace seatwise {

// The facts of one tenant, all of the same revision and valid as Validate leaves them. Any status
// that is not OK is a failure to read (and ends a validation); a fact that is not there is an
// answer. Any number of threads may read at the same time.
//
// What the calls may cost, with n facts stored: Contains, Find and Count a lookup or two;
// ForEachDependent a lookup and then a step for each fact visited, so that a question like "has
// this group any member?" stays cheap in a group of a million. For that, links that point to what
// has many dependents (memberships by member; assignments and subscriptions by SKU) need an index
// of keys in the other direction; those of the catalog may be searched; and only
// kAssignmentDisabledPlan, asked when a plan is deleted, may search all assignments.
class FactsView {
 public:
  virtual ~FactsView() = default;

  // Whether there is a fact with this key, which is normalised. Always true for settings.
  virtual absl::StatusOr<bool> Contains(const FactKey& key) const = 0;

  // The fact with this key, which is normalised; nullopt if there is none.
  virtual absl::StatusOr<std::optional<Fact>> Find(const FactKey& key) const = 0;

  // Calls visit(key) for each fact that names `named` by `link`, each once, in any order that is
  // the same each time, until one answers false. `visit` may call the view.
  virtual absl::Status ForEachDependent(const FactKey& named, Link link,
                                        absl::FunctionRef<bool(const FactKey&)> visit) const = 0;

  // How many facts of a kind there are.
  virtual absl::StatusOr<size_t> Count(FactKind kind) const = 0;
};

}  // namespace seatwise
