// Facts as they will be once a change set is committed.
#pragma once

#include <cstddef>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/dependent_index.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/reference.h"
#include "engine/model/validated_change_set.h"

namespace seatwise {

// `changes`, which were validated against `stored`, laid over it. Both must outlive the overlay,
// which holds an index of the changes. Fails where `stored` fails.
class OverlayFacts final : public FactsView {
 public:
  OverlayFacts(const FactsView& stored, const ValidatedChangeSet& changes);

  absl::StatusOr<bool> Contains(const FactKey& key) const override;
  absl::StatusOr<std::optional<Fact>> Find(const FactKey& key) const override;
  // Those that are put, then those that are stored.
  absl::Status ForEachDependent(const FactKey& named, Link link,
                                absl::FunctionRef<bool(const FactKey&)> visit) const override;
  // Looks up each change of the kind.
  absl::StatusOr<size_t> Count(FactKind kind) const override;

 private:
  const FactsView& stored_;
  // What is put, and nullptr for what is deleted.
  absl::flat_hash_map<FactKey, const Fact*, FactKeyHash> changed_;
  DependentIndex dependents_;  // Of what is put.
};

}  // namespace seatwise
