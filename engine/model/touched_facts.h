// The facts about which a change set may make something odd.
#pragma once

#include <cstddef>

#include "absl/container/btree_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/model/bounded_reader.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts_view.h"
#include "engine/model/validated_change_set.h"

namespace seatwise {

// Each with the first change that touches it; some may not exist any more.
using TouchedFacts = absl::btree_map<FactKey, size_t>;

// What `changes` touch:
//
//   put                         touches
//   a plan                      its SKUs, its requirements and those that name it
//   a SKU, a requirement        itself
//   a conflict                  the SKUs that have both plans
//   a subscription              the SKU that it names, and the one that it named before
//   a group in a group          the membership
//   an assignment               itself, its SKU and its group
//   deleted                     touches
//   a subscription              the SKU that it named
//   a membership                the outer group
//
// `stored` is what was there before the changes, `after` reads what is there then; `change_of`
// tells from which change a key of `changes` comes. Fails only if a view does.
absl::StatusOr<TouchedFacts> FindTouchedFacts(const ValidatedChangeSet& changes,
                                              const FactsView& stored, BoundedReader& after,
                                              absl::FunctionRef<size_t(const FactKey&)> change_of);

}  // namespace seatwise
