// The facts of a small tenant in memory, ready to be looked at and changed.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "absl/container/btree_map.h"
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

// About half a kilobyte a fact. Reads never fail. One writer and no readers, or any number of
// readers.
class MemoryFacts final : public FactsView {
 public:
  // A tenant without facts but for default settings.
  MemoryFacts();
  // `facts` is taken as it is: of equal keys the last counts, references are not looked at.
  explicit MemoryFacts(const Facts& facts);

  // Every kind sorted by key.
  Facts ToFacts() const;

  // `changes` was validated against these facts as they are.
  void Apply(const ValidatedChangeSet& changes);

  absl::StatusOr<bool> Contains(const FactKey& key) const override;
  absl::StatusOr<std::optional<Fact>> Find(const FactKey& key) const override;
  // In the order of the keys.
  absl::Status ForEachDependent(const FactKey& named, Link link,
                                absl::FunctionRef<bool(const FactKey&)> visit) const override;
  absl::StatusOr<size_t> Count(FactKind kind) const override;

 private:
  void Put(Fact fact);
  void Erase(const FactKey& key);
  template <typename Row>
  void PutAll(const std::vector<Row>& rows);

  absl::btree_map<FactKey, Fact> facts_;
  DependentIndex dependents_;
  std::array<size_t, kFactKinds> counts_ = {};
};

}  // namespace seatwise
