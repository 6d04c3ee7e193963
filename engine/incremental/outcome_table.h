// Outcomes that were met before, so that users with the same answer share one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/recent_outcomes.h"
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

// One thread.
class OutcomeTable {
 public:
  // Remembers all that is added.
  OutcomeTable() = default;
  // Finds what `recent` has, and puts there what is added. It must outlive the table.
  explicit OutcomeTable(RecentOutcomes& recent) : recent_(&recent) {}

  // The outcome with this key; one without a reference if it is not remembered.
  Ref<Outcome> Find(const OutcomeKey& key) const;
  // Remembers an outcome that was not found.
  void Add(const Ref<Outcome>& outcome);

 private:
  RecentOutcomes* const recent_ = nullptr;
  // By hash; none if there are recent_ ones.
  absl::flat_hash_map<uint64_t, std::vector<Ref<Outcome>>> all_;
};

}  // namespace seatwise
