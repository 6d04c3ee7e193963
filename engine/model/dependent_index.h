// Who names whom, for facts that are in memory.
#pragma once

#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/functional/function_ref.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/reference.h"

namespace seatwise {

// The references of a set of facts, by what they name. Removing asks for the same fact that was
// added. Not for many writers; any number of readers.
class DependentIndex {
 public:
  void Add(const Fact& fact);
  void Remove(const Fact& fact);

  // FactsView::ForEachDependent, in the order of the keys. Answers false if a visit did.
  bool ForEach(const FactKey& named, Link link,
               absl::FunctionRef<bool(const FactKey&)> visit) const;

 private:
  absl::btree_map<std::pair<FactKey, Link>, absl::btree_set<FactKey>> dependents_;
};

}  // namespace seatwise
