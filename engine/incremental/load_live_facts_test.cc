#include "engine/incremental/load_live_facts.h"

#include "base/thread_pool.h"
#include "engine/incremental/describe_live_facts.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/random_tenant.h"
#include "tests/worlds/weights.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

TEST(LoadLiveFactsTest, NothingIsATenant) {
  const LiveFacts facts = LiveFactsOf(Facts());
  EXPECT_EQ(facts.user_count, 0u);
  EXPECT_EQ(facts.catalog().skus(), 0u);
  EXPECT_EQ(facts.FindUser("ana"), std::nullopt);
}

TEST(LoadLiveFactsTest, NumbersAreThoseOfTheStore) {
  histories::Numbers numbers;
  numbers.users = {{UserId("ana"), 7}, {UserId("bob"), 2}};
  numbers.groups = {{GroupId("board"), 4}, {GroupId("staff"), 1}};
  numbers.next = {.user = 9, .group = 5};
  const LiveFacts facts = LoadLiveFacts(histories::LoadFacts(tiny::Tenant(), numbers));
  EXPECT_EQ(facts.next, numbers.next);
  EXPECT_EQ(facts.users.size(), 9u);
  EXPECT_EQ(facts.FindUser("ana"), 7u);
  EXPECT_EQ(facts.FindGroup("board"), 4u);
  EXPECT_TRUE(facts.members[4].Contains(2u));
  EXPECT_TRUE(facts.members[1].Contains(7u));
  EXPECT_EQ(facts.groups[1]->children[0].group, 4u);
  EXPECT_EQ(facts.groups[4]->parents[0].group, 1u);
  ASSERT_TRUE(facts.carriers[4]);
  EXPECT_EQ(facts.carriers[4]->list[0].licensed, 1u);
  EXPECT_FALSE(facts.users[0]);
  EXPECT_TRUE(facts.sources[*facts.catalog().FindSku("e1")].users.Contains(2u));
  EXPECT_TRUE(facts.sources[*facts.catalog().FindSku("e3")].groups.Contains(1u));
}

TEST(LoadLiveFactsTest, ThreadsMakeNoDifference) {
  ThreadPool pool(3);
  for (uint64_t seed = 0; seed < 300; ++seed) {
    worlds::Weights weights = worlds::RandomWeights(seed);
    if (seed % 3 == 0) weights.users = 100;  // More than one block of users a thread.
    const Facts facts = worlds::RandomTenant(seed, weights);
    const LoadedFacts loaded = histories::LoadFacts(facts, histories::AnyNumbers(facts, seed));
    ASSERT_EQ(DescribeLiveFacts(LoadLiveFacts(loaded, pool)),
              DescribeLiveFacts(LoadLiveFacts(loaded)))
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace seatwise
