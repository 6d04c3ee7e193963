#include "tests/engines/engines.h"

#include "base/thread_pool.h"
#include "engine/batch/batch.h"
#include "engine/model/columns_from_facts.h"
#include "engine/reference/reference.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/follow.h"
#include "tests/histories/live_engine.h"

namespace seatwise {
namespace {

template <int kThreads>
Derived DeriveInBatch(const Facts& facts) {
  // Started once: tests derive hundreds of thousands of small tenants.
  static ThreadPool& pool = *new ThreadPool(kThreads);
  const Columns columns = ColumnsFromFacts(facts);
  return ExpandDerived(*Derive(columns, pool));
}

// Takes steps that lead to the facts, and answers for the last one.
Derived DeriveOnTheWayTo(const Facts& facts) {
  static const auto& engine = *new histories::IncrementalEngine(histories::LiveEngine());
  return histories::DeriveOnTheWay(engine, facts);
}

}  // namespace

std::vector<Engine> AllEngines() {
  return {{"reference", DeriveReference},
          {"batch_1_thread", DeriveInBatch<1>},
          {"batch_2_threads", DeriveInBatch<2>},
          {"batch_7_threads", DeriveInBatch<7>},
          {"incremental", DeriveOnTheWayTo}};
}

}  // namespace seatwise
