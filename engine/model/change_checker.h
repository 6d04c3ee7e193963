// The ladder of checks of the door: the inside of Validate.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "engine/model/cascade.h"
#include "engine/model/change.h"
#include "engine/model/change_index.h"
#include "engine/model/deletion.h"
#include "engine/model/fact_form.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/reference.h"
#include "engine/model/validation_error.h"

namespace seatwise {

// Checks one change set, as validate.h says, and tells `cascade` what goes along with deletions.
// All arguments outlive it. One thread.
class ChangeChecker {
 public:
  // `changes` are normalised and what `index` was made from.
  ChangeChecker(const ChangeSet& changes, const ChangeIndex& index, const FactsView& stored,
                Cascade& cascade)
      : changes_(changes), index_(index), stored_(stored), cascade_(cascade) {}

  // Called once. Fails only if the view does.
  absl::Status Check();

  // By change, then by the ladder; at most kMaxReportedErrors, and how many more.
  const std::vector<ValidationError>& errors() const { return errors_; }
  size_t more_errors() const { return more_errors_; }

 private:
  // The change that is looked at.
  struct Subject {
    size_t change = 0;
    const FactKey& key;
  };

  absl::Status CheckPut(Subject subject, const Fact& fact);
  absl::Status CheckDelete(Subject subject, bool cascade);
  void AddFlaws(Subject subject, const std::vector<FormFlaw>& flaws);
  bool CheckOnce(Subject subject);
  absl::Status CheckExistence(Subject subject);
  absl::Status CheckReferences(Subject subject, const Fact& fact, bool well_formed);
  absl::Status CheckReference(Subject subject, Link link, const FactKey& target);
  absl::Status CheckUse(Subject subject, bool cascade);
  absl::Status CheckPlansOfSku(Subject subject);
  absl::Status CheckNobodyUses(Subject subject, const DeletionRule& rule);
  void CheckLimit(Subject subject);
  void Add(Subject subject, ErrorReason reason, absl::string_view field, std::string message);

  const ChangeSet& changes_;
  const ChangeIndex& index_;
  const FactsView& stored_;
  Cascade& cascade_;
  std::array<std::optional<size_t>, kFactKinds> overflows_;  // FindOverflows.
  std::vector<ValidationError> errors_;
  size_t more_errors_ = 0;
};

}  // namespace seatwise
