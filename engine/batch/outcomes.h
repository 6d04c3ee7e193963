// What became of each user, as distinct outcomes: most users share theirs with many others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/batch/classes.h"
#include "engine/batch/singles.h"
#include "engine/batch/triage.h"
#include "engine/model/derived_view.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

using OutcomeNo = uint32_t;

// One SKU of an outcome. 8 bytes: there are more of them than of anything else.
struct OutcomeLicense {
  SkuNo sku : 29 = 0;
  LicenseState state : 3 = LicenseState::kError;
  uint32_t enabled_plans = 0;  // A number for Outcomes::PlanSet.
};
static_assert(sizeof(OutcomeLicense) == 8);

// The final state of all users (section 7). An outcome is a class together with the claims granted.
// Immutable; reads from any thread.
class Outcomes {
 public:
  Outcomes(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
           const Triage& triage, const Singles& singles, Executor& executor);

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
  absl::Span<const OutcomeLicense> licenses(OutcomeNo outcome) const {
    return ListAt(first_license_, licenses_, outcome);
  }

  // Sets 0 to plan_sets() - 1; the first are those of Columns::plan_sets.
  uint32_t plan_sets() const { return static_cast<uint32_t>(base_sets_ + unions_.size()); }
  PlanBits PlanSet(uint32_t number) const {
    return number < base_sets_ ? shapes_->columns().plan_sets[number]
                               : unions_[static_cast<uint32_t>(number - base_sets_)];
  }

  // By SKU.
  const std::vector<int64_t>& consumed() const { return consumed_; }  // O5.
  const std::vector<int64_t>& waiting() const { return waiting_; }    // O6.

 private:
  void AddTogether(const TraitTable& traits, const Classes& classes, const Triage& triage,
                   Executor& executor);
  void AddSingles(const Classes& classes, const Singles& singles);
  OutcomeNo Add(ClassNo number, absl::Span<const uint64_t> granted);
  void AddLicenses(const Classes& classes, Executor& executor);
  // The sums of what `count` adds for each outcome to numbers by SKU.
  std::vector<int64_t> CountBySku(
      Executor& executor, absl::FunctionRef<void(OutcomeNo, absl::Span<int64_t>)> count) const;
  void CountConsumed(Executor& executor);
  void JudgeItems(const TraitTable& traits, const Classes& classes, Executor& executor);
  void CountWaiting(const Classes& classes, Executor& executor);

  const ShapeTable* shapes_;
  std::vector<OutcomeNo> outcome_of_;  // By user.
  // By outcome.
  std::vector<int64_t> population_;
  std::vector<ClassNo> class_of_;
  std::vector<size_t> first_word_;
  std::vector<uint64_t> granted_;
  std::vector<size_t> first_item_;
  std::vector<ViolationMask> items_;
  std::vector<size_t> first_license_;
  std::vector<OutcomeLicense> licenses_;

  size_t base_sets_;
  PlanSetTable unions_;
  std::vector<int64_t> consumed_;
  std::vector<int64_t> waiting_;
};

}  // namespace seatwise
