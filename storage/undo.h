// Back to an older revision: not all of its facts, but what must change to have them again.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "engine/model/change.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// What leads back.
struct Undo {
  // The changes start from a tenant without facts but for default settings: all that is there now
  // came by a bulk load.
  bool from_nothing = false;
  // Each key once, in the order of the keys. Deletions cascade, as those of SKUs with plans have
  // to, but take nothing along: all that goes is named.
  ChangeSet changes;
};

// What makes those of `facts`, or nothing, the facts of `revision`. The time and memory follow what
// the revisions since then changed. OUT_OF_RANGE, naming the oldest revision, if it was pruned or
// is not there yet; errors of Snapshot.
absl::StatusOr<Undo> UndoTo(const FactsSnapshot& facts, uint64_t revision);

}  // namespace seatwise
