// What became of each user, as distinct outcomes: most users share theirs with many others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/batch/classes.h"
#include "engine/batch/license_parts.h"
#include "engine/batch/singles.h"
#include "engine/batch/together.h"
#include "engine/model/derived_view.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

using OutcomeNo = uint32_t;

// The final state of all users (section 7). An outcome is a class together with the claims granted.
// Immutable; reads from any thread.
class Outcomes {
 public:
  // `together` must have been answered. Takes over `classes.class_of`: from now on a user's class
  // is that of the user's outcome.
  Outcomes(const ShapeTable& shapes, const TraitTable& traits, Classes& classes,
           const Singles& singles, Together together, Executor& executor);

  size_t size() const { return class_of_.size(); }
  OutcomeNo of(UserNo user) const { return outcome_of_[user]; }
  int64_t population(OutcomeNo outcome) const { return population_[outcome]; }
  ClassNo class_of(OutcomeNo outcome) const { return class_of_[outcome]; }

  absl::Span<const uint64_t> granted(OutcomeNo outcome) const {
    return ListAt(first_word_, granted_, outcome);
  }
  // The violations of every item of every claim, in the order of the class's claims.
  absl::Span<const ViolationMask> items(OutcomeNo outcome) const {
    return ListAt(first_item_, items_, outcome);
  }
  // Ascending by SKU.
  absl::Span<const OutcomeLicense> licenses(OutcomeNo outcome) const { return licenses_[outcome]; }

  // Sets 0 to plan_sets() - 1; the first are those of Columns::plan_sets.
  uint32_t plan_sets() const { return licenses_.plan_sets(); }
  PlanBits PlanSet(uint32_t number) const { return licenses_.PlanSet(number); }

  // By SKU.
  const std::vector<int64_t>& consumed() const { return consumed_; }  // O5.
  const std::vector<int64_t>& waiting() const { return waiting_; }    // O6.

 private:
  void AddTogether(const Classes& classes, Executor& executor);
  void AddSingles(const Singles& singles, Executor& executor);
  void AddLicenses(const Classes& classes, size_t full_parts, Executor& executor);
  // The sums of what `count` adds for each outcome to numbers by SKU.
  std::vector<int64_t> CountBySku(
      Executor& executor, absl::FunctionRef<void(OutcomeNo, absl::Span<int64_t>)> count) const;
  void CountConsumed(Executor& executor);
  void JudgeItems(const TraitTable& traits, const Classes& classes, Executor& executor);
  void CountWaiting(const Classes& classes, Executor& executor);

  const ShapeTable* shapes_;
  std::vector<OutcomeNo> outcome_of_;  // By user.
  // By outcome.
  std::vector<uint32_t> population_;
  std::vector<ClassNo> class_of_;
  std::vector<size_t> first_word_;
  std::vector<uint64_t> granted_;
  std::vector<size_t> first_item_;
  std::vector<ViolationMask> items_;
  LicenseParts licenses_;

  std::vector<int64_t> consumed_;
  std::vector<int64_t> waiting_;
};

}  // namespace seatwise
