// Outcomes that were met before, so that users with the same answer share one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/user_shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

// What an outcome follows from.
struct OutcomeKey {
  Traits traits = 0;
  const UserShapes& claims;
  absl::Span<const uint64_t> granted;
};

// Some of the outcomes of a version, by the hash of their keys: the last one met stays. Valid as
// long as the catalog is the same.
using RecentOutcomes = PersistentVector<Ref<Outcome>>;

// One thread.
class OutcomeTable {
 public:
  // Remembers `recent`, and of what is added either as much as there is place in it, or all.
  OutcomeTable(RecentOutcomes recent, bool remember_all);

  // The outcome with this key; one without a reference if it is not remembered.
  Ref<Outcome> Find(const OutcomeKey& key) const;
  // Remembers an outcome that was not found.
  void Add(const Ref<Outcome>& outcome);

  const RecentOutcomes& recent() const { return recent_; }

 private:
  RecentOutcomes recent_;
  bool remember_all_;
  absl::flat_hash_map<uint64_t, std::vector<Ref<Outcome>>> all_;  // By hash.
};

}  // namespace seatwise
