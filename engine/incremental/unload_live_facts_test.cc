#include "engine/incremental/unload_live_facts.h"

#include <string>

#include "base/executor.h"
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

}  // namespace
}  // namespace seatwise
