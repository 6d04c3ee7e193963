#include "engine/incremental/unload_live_facts.h"

#include <string>

#include "base/executor.h"
#include "base/thread_pool.h"
#include "engine/incremental/describe_live_facts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/model/loaded_facts.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

TEST(UnloadLiveFactsTest, UnloadedAndLoadedAgainIsTheSame) {
  InlineExecutor executor;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const LiveFacts facts = LiveFactsOf(worlds::RandomTenant(seed));
    const LoadedFacts loaded = UnloadLiveFacts(facts, executor);
    EXPECT_EQ(loaded.columns.users.size(), facts.user_count);
    ASSERT_EQ(DescribeLiveFacts(LoadLiveFacts(loaded)), DescribeLiveFacts(facts));
  }
}

TEST(UnloadLiveFactsTest, ThreadsMakeNoDifference) {
  InlineExecutor one;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const LiveFacts facts = LiveFactsOf(worlds::RandomTenant(seed));
    const LoadedFacts alone = UnloadLiveFacts(facts, one);
    for (const int threads : {2, 3}) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", " << threads << " threads");
      ThreadPool pool(threads);
      const LoadedFacts together = UnloadLiveFacts(facts, pool);
      EXPECT_EQ(together.user_number, alone.user_number);
      ASSERT_EQ(DescribeLiveFacts(LoadLiveFacts(together)), DescribeLiveFacts(facts));
    }
  }
}

}  // namespace
}  // namespace seatwise
