// What follows from the deletions of a change set.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/change.h"
#include "engine/model/change_index.h"
#include "engine/model/deletion.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/ids.h"
#include "engine/model/warning.h"

namespace seatwise {

// All that is to be written, in the order of ValidatedChangeSet.
struct ResolvedChanges {
  std::vector<Fact> puts;
  std::vector<FactKey> deletes;
};

// Follows deletions from the first change to the last, then resolves. Both arguments outlive it.
// One thread. Calls fail only if the view does.
class Cascade {
 public:
  Cascade(const ChangeIndex& index, const FactsView& stored) : index_(index), stored_(stored) {}

  // `change` deletes `key`: the facts that name it by the link of `rule` share its fate, but for
  // those that the set names itself.
  absl::Status Follow(size_t change, const FactKey& key, const DeletionRule& rule);

  // The changes, which have no errors and are normalised, with what follows from them.
  absl::StatusOr<ResolvedChanges> Resolve(ChangeSet changes);

  // Once resolved: requirements of plans that stay, of which nothing is left.
  const std::vector<Warning>& warnings() const { return warnings_; }

  // Once resolved: the change that a key comes from. That is the one that names it, else the first
  // that it follows from.
  size_t ChangeOf(const FactKey& key) const;

 private:
  absl::Status Shrink(const FactKey& key, size_t change);
  absl::Status ShrinkRequirement(const PlanRequirement& before, Fact after, size_t change);

  const ChangeIndex& index_;
  const FactsView& stored_;
  absl::btree_set<PlanId> deleted_plans_;
  // By key, with the first change that it follows from.
  absl::btree_map<FactKey, size_t> deleted_;
  absl::btree_map<FactKey, size_t> shrinking_;
  absl::btree_map<FactKey, std::pair<size_t, Fact>> put_;
  std::vector<Warning> warnings_;
};

}  // namespace seatwise
