#include "tests/engines/engines.h"

#include "base/thread_pool.h"
#include "engine/batch/batch.h"
#include "engine/model/columns_from_facts.h"
#include "engine/reference/reference.h"

namespace seatwise {
namespace {

template <int kThreads>
Derived DeriveInBatch(const Facts& facts) {
  // Started once: tests derive hundreds of thousands of small tenants.
  static ThreadPool& pool = *new ThreadPool(kThreads);
  const Columns columns = ColumnsFromFacts(facts);
  return ExpandDerived(*Derive(columns, pool));
}

}  // namespace

std::vector<Engine> AllEngines() {
  return {{"reference", DeriveReference},
          {"batch_1_thread", DeriveInBatch<1>},
          {"batch_2_threads", DeriveInBatch<2>},
          {"batch_7_threads", DeriveInBatch<7>}};
}

}  // namespace seatwise
