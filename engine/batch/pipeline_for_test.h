// The stages of the batch engine up to the outcomes, kept together for tests of the later ones.
#pragma once

#include <utility>

#include "base/thread_pool.h"
#include "engine/batch/classes.h"
#include "engine/batch/nesting.h"
#include "engine/batch/outcomes.h"
#include "engine/batch/singles.h"
#include "engine/batch/together.h"
#include "engine/batch/triage.h"
#include "engine/model/columns_from_facts.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Members are built in the order in which they stand.
struct PipelineForTest {
  PipelineForTest(const Facts& facts, int threads)
      : columns(ColumnsFromFacts(facts)), pool(threads) {}

  Columns columns;
  ThreadPool pool;
  ShapeTable shapes{columns};
  TraitTable traits{columns.catalog};
  Nesting nesting{shapes, pool};
  Classes classes = BuildClasses(shapes, traits, nesting, pool);
  Triage triage = TriageClasses(shapes, traits, classes, pool);
  Together together{shapes, traits, classes, triage};
  Singles singles{shapes, traits, nesting, classes, triage, together, pool};
  Outcomes outcomes{shapes, traits, classes, singles, std::move(together), pool};
};

}  // namespace seatwise
