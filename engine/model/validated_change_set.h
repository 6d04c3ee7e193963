// Changes that went through the door.
#pragma once

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"

namespace seatwise {

struct ChangeSet;
class FactsView;
struct ValidationResult;

// What is to be written, checked against the facts of one revision; whoever commits it makes sure
// that nothing changed since. Only Validate makes one. Cascades are resolved: each key occurs once,
// in `puts` or in `deletes`, and facts that follow from a change stand beside those that were
// given.
//
// Applied from the front, puts before deletes, every reference holds after every step: puts are
// ordered by kind, so that a fact comes after what it names; deletes by kind from the last. Within
// a kind: as given, then what follows from it by key.
class ValidatedChangeSet {
 public:
  absl::Span<const Fact> puts() const { return puts_; }
  // Keys of facts that exist.
  absl::Span<const FactKey> deletes() const { return deletes_; }
  bool empty() const { return puts_.empty() && deletes_.empty(); }

 private:
  friend absl::StatusOr<ValidationResult> Validate(ChangeSet changes, const FactsView& stored);

  ValidatedChangeSet(std::vector<Fact> puts, std::vector<FactKey> deletes)
      : puts_(std::move(puts)), deletes_(std::move(deletes)) {}

  std::vector<Fact> puts_;
  std::vector<FactKey> deletes_;
};

}  // namespace seatwise
