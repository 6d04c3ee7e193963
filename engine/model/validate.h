// The door: only what Validate accepts is ever committed, and behind it no code checks names again.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/model/change.h"
#include "engine/model/facts_view.h"
#include "engine/model/validated_change_set.h"
#include "engine/model/validation_error.h"
#include "engine/model/warning.h"

namespace seatwise {

// What the door says about a change set.
struct ValidationResult {
  // There iff there are no errors.
  std::optional<ValidatedChangeSet> changes;

  // By change, then by the ladder below; at most kMaxReportedErrors.
  std::vector<ValidationError> errors;
  size_t more_errors = 0;  // Not in `errors`.

  // About what the changes touch, if there are no errors: by change, then by reason and fact; at
  // most kMaxReportedErrors. They never stop a change.
  std::vector<Warning> warnings;
  size_t more_warnings = 0;  // Not in `warnings`.
  // False if the set was too large, or what it touches, to look for all (lint_changes.h).
  bool all_warnings = true;
};

// Judges `changes` as a whole against the facts `stored`. All errors are found, and those of one
// change stand in the order of this ladder:
//
//   1. form        the values by themselves: spelling, ranges, size (fact_form.h), column by column
//   2. once        a key that an earlier change of the set names is repeated
//   3. existence   what is deleted exists; settings cannot be deleted
//   4. references  what a fact that is put names exists when all changes are made: it is put by the
//                  set, whatever is wrong with that put, or stored and not deleted (reference.h);
//                  an id that is malformed is not looked for
//   5. use         nothing stands on what is deleted when all changes are made, unless `cascade` is
//                  set: one error for each kind of use, in the order of deletion.h; the plans of a
//                  SKU come first
//   6. limits      a put fits: one error for each kind of fact, at the first put of a new fact that
//                  does not. Deletions that the set names make room, what goes along with them does
//                  not.
//
// A deletion that repeats a key is judged no further.
//
// What follows from a deletion (deletion.h) is added to the set: what makes no sense without the
// deleted fact is deleted; with a cascade, what stands on it is deleted, and deleted plans are
// taken out of the sets of SKUs, requirements and assignments. A requirement whose set is empty
// then is deleted, with a warning; requirements that become equal become one. What the set says
// about a key itself is the last word on it: a dependent that is put is taken as put, one that is
// deleted needs no cascade. Observed facts stay, whatever they name.
//
// Fails only if `stored` fails. The cost follows the changes and what is deleted along with them.
absl::StatusOr<ValidationResult> Validate(ChangeSet changes, const FactsView& stored);

}  // namespace seatwise
