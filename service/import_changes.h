// What a staged import means for the facts that are there: the changes that make it come true.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/validated_change_set.h"
#include "service/errors.h"
#include "service/staged_facts.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// A tenant that holds facts can be changed by an import in at most so many; what is as it was does
// not count. An empty one has no limit: it is filled in bulk.
inline constexpr size_t kMostImportChanges = 1'000'000;

// How many facts an import makes, changes, takes away and leaves as they are.
struct ImportCounts {
  int64_t created = 0;
  int64_t changed = 0;
  int64_t deleted = 0;
  int64_t unchanged = 0;
};

// Works out the changes of one import. One thread; used once.
class ImportChanges {
 public:
  // `snapshot`: facts that the import does not have are deleted, but for the settings. `staged`
  // outlives it.
  ImportChanges(const StagedFacts& staged, bool snapshot) : staged_(staged), snapshot_(snapshot) {}

  // The changes against `facts`. Everything that cannot be read as a fact, or is there twice, is in
  // the error.
  absl::StatusOr<ChangeSet> Make(const FactsSnapshot& facts);

  const ImportCounts& counts() const { return counts_; }
  // Where a change of the set was sent; "" for a deletion, which nobody sent.
  std::string PathOf(size_t change) const;

 private:
  absl::Status FindKeys();
  absl::Status AddDeletions(const FactsSnapshot& facts);
  absl::Status AddPut(const FactsSnapshot& facts, const FactPlace& place, Fact fact);
  absl::Status Add(Change change, const FactPlace& place);
  bool NamesDeleted(const Fact& fact) const;

  const StagedFacts& staged_;
  const bool snapshot_;
  FieldErrors errors_;
  ImportCounts counts_;
  ChangeSet set_;
  // By change, with its kind; chunk 0 for deletions.
  std::vector<std::pair<FactPlace, FactKind>> places_;
  // 128 bits of each key: an import of millions has to fit.
  absl::flat_hash_set<std::pair<uint64_t, uint64_t>> seen_;
  absl::flat_hash_set<FactKey, FactKeyHash> deleted_;
};

// The removal guard: whether a snapshot takes strictly more than a tenth of the users, memberships
// or assignments that are there.
absl::StatusOr<bool> TakesTooMuch(const ValidatedChangeSet& changes, const FactsSnapshot& facts);

}  // namespace seatwise
