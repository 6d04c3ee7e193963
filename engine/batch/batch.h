// The batch engine: the derived state of a whole tenant from its facts (semantics sections 2 to 7).
//
// facts as columns -> what groups ask for (rules/shapes) -> who is in which licensed group
// (nesting)
//   -> users that are alike (classes) -> who needs a queue (triage) -> grants (classes, singles)
//   -> outcomes
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/executor.h"
#include "engine/model/columns.h"
#include "engine/model/derived_view.h"

namespace seatwise {

// What a computation met, for people who tune or watch it.
struct BatchStatistics {
  int64_t classes = 0;
  int64_t outcomes = 0;
  int64_t contended_skus = 0;
  int64_t users_alone = 0;   // Evaluated one by one: their order of claims matters.
  int64_t users_queued = 0;  // With a claim that could pass for a contended SKU.
  int64_t queue_entries = 0;
};

// The state as computed by Derive. Immutable; any number of threads may read.
class BatchState : public DerivedView {
 public:
  virtual const BatchStatistics& statistics() const = 0;

  // Users with equal claims and traits to whom the same claims were granted share an outcome.
  // Outcomes are numbered from 0 up; some may be nobody's.
  virtual uint32_t OutcomeCount() const = 0;
  virtual uint32_t OutcomeOf(UserNo user) const = 0;
};

// Computes the state. `columns` must outlive it. The result is the same, bit for bit, for any
// number of threads of `executor`.
std::unique_ptr<const BatchState> Derive(const Columns& columns, Executor& executor);

}  // namespace seatwise
