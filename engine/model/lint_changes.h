// What is probably a mistake about the facts that a change set touches (warning.h).
#pragma once

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts_view.h"
#include "engine/model/validated_change_set.h"
#include "engine/model/warning.h"

namespace seatwise {

// What is found around a change set.
struct ChangeLint {
  std::vector<Warning> warnings;  // By change, then by reason and fact; each once.
  bool complete = true;           // False if kMaxLintedChanges or kMaxLintSteps came in the way.
};

// The order of warnings about a change set.
bool StandsBefore(const Warning& a, const Warning& b);

// The warnings of Lint (lint.h) about what the changes touch (touched_facts.h), judged with all
// changes made: the warnings of each SKU, requirement, licensed group and nesting touched, the
// circles and cycles that a requirement or nesting touched is part of, and kDisabledPlanNotInSku of
// assignments. What a change brings about further away is left to Lint: settings, members that an
// outer group loses through nesting, groups inside one that becomes licensed, a circle that a SKU
// without one of its plans breaks no more.
//
// `stored` is what was there before; `change_of` tells from which change a key of `changes` comes.
// A warning names the first change that touches its fact. Fails only if `stored` does.
absl::StatusOr<ChangeLint> LintChanges(const ValidatedChangeSet& changes, const FactsView& stored,
                                       absl::FunctionRef<size_t(const FactKey&)> change_of);

}  // namespace seatwise
