// The journal of a tenant (L2): who changed what and when, what it was before, and which licenses
// changed with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/time.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// A fact that a revision changed.
struct JournalChange {
  FactKey key;
  std::optional<Fact> before;  // Nothing: the revision created it.
  bool deleted = false;        // Not there afterwards.

  friend bool operator==(const JournalChange&, const JournalChange&) = default;
};

// A revision in brief.
struct JournalEntry {
  uint64_t revision = 0;
  Time time;
  std::string actor;
  std::string method;
  // Facts.
  uint64_t created = 0;
  uint64_t replaced = 0;
  uint64_t deleted = 0;
  LicenseDelta delta;
};

// The oldest revision that can still be read.
absl::StatusOr<uint64_t> OldestRevision(const FactsSnapshot& facts);

// Visits the entries of the revisions from `from` to that of `facts`, ascending, until a visit
// answers false. OUT_OF_RANGE, naming the oldest one, if the entry of `from` was pruned; nothing is
// visited if `from` is not there yet. Memory: one entry.
absl::Status ReadJournal(const FactsSnapshot& facts, uint64_t from,
                         absl::FunctionRef<bool(const JournalEntry&)> visit);

// What one revision changed.
struct RevisionChanges {
  std::vector<JournalChange> changes;  // By key.
  // The tenant was filled: everything there is afterwards was created, and `changes` says only how
  // the settings were.
  bool bulk_load = false;
};

// NOT_FOUND, OUT_OF_RANGE.
absl::StatusOr<RevisionChanges> ReadRevision(const FactsSnapshot& facts, uint64_t revision);

// The same, without whether it was a bulk load.
absl::StatusOr<std::vector<JournalChange>> ReadChanges(const FactsSnapshot& facts,
                                                       uint64_t revision);

// All facts as they were at `revision`: those of `facts`, with everything since undone. For
// tenants whose facts fit into memory as values. OUT_OF_RANGE, naming the oldest revision, if it
// was pruned or is not there yet.
absl::StatusOr<Facts> FactsAt(const FactsSnapshot& facts, uint64_t revision);

}  // namespace seatwise
