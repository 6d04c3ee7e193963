#include "engine/model/validate.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/status_macros.h"
#include "engine/model/cascade.h"
#include "engine/model/change_checker.h"
#include "engine/model/change_index.h"
#include "engine/model/limits.h"
#include "engine/model/lint_changes.h"
#include "engine/model/overlay_facts.h"

namespace seatwise {
namespace {

void Normalise(ChangeSet& changes) {
  for (Change& change : changes.changes) {
    if (Put* put = std::get_if<Put>(&change)) {
      put->fact = Normalised(std::move(put->fact));
    } else {
      FactKey& key = std::get<Delete>(change).key;
      key = Normalised(std::move(key));
    }
  }
}

// Those of the cascade among those of the lint; the first of them.
void AddWarnings(std::vector<Warning> warnings, const Cascade& cascade, ValidationResult& result) {
  warnings.insert(warnings.end(), cascade.warnings().begin(), cascade.warnings().end());
  std::sort(warnings.begin(), warnings.end(), StandsBefore);
  if (warnings.size() > kMaxReportedErrors) {
    result.more_warnings = warnings.size() - kMaxReportedErrors;
    warnings.erase(warnings.begin() + kMaxReportedErrors, warnings.end());
  }
  result.warnings = std::move(warnings);
}

}  // namespace

absl::StatusOr<ValidationResult> Validate(ChangeSet changes, const FactsView& stored) {
  Normalise(changes);
  const ChangeIndex index(changes);
  Cascade cascade(index, stored);
  ChangeChecker checker(changes, index, stored, cascade);
  SEATWISE_RETURN_IF_ERROR(checker.Check());
  ValidationResult result{.errors = checker.errors(), .more_errors = checker.more_errors()};
  if (!result.errors.empty()) return result;

  SEATWISE_ASSIGN_OR_RETURN(ResolvedChanges resolved, cascade.Resolve(std::move(changes)));
  result.changes = ValidatedChangeSet(std::move(resolved.puts), std::move(resolved.deletes));
  SEATWISE_ASSIGN_OR_RETURN(ChangeLint lint,
                            LintChanges(*result.changes, stored,
                                        [&](const FactKey& key) { return cascade.ChangeOf(key); }));
  result.all_warnings = lint.complete;
  AddWarnings(std::move(lint.warnings), cascade, result);
  return result;
}

}  // namespace seatwise
