#include "tests/histories/follow.h"

#include <cstdint>

#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/batch_again.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"
#include "tests/histories/numbers.h"
#include "tests/histories/random_history.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise::histories {
namespace {

TEST(FollowTest, EveryWayLeadsToTheFacts) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const Facts facts = MemoryFacts(worlds::RandomTenant(seed)).ToFacts();
    const History history = HistoryTo(facts, seed);
    ASSERT_EQ(FactsAfter(history, history.steps.size()), facts) << "seed " << seed;
  }
}

TEST(FollowTest, WhatIsDerivedOnTheWayIsWhatTheFactsSay) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Facts facts = worlds::RandomTenant(seed);
    ASSERT_EQ(DeriveOnTheWay(BatchAgain(), facts), DeriveReference(facts)) << "seed " << seed;
  }
}

TEST(FollowTest, CallsAreStepsOfOneTenant) {
  const History history = MakeHistory(5).history;
  int starts = 0;
  IncrementalEngine engine = BatchAgain();
  engine.start = [&, start = engine.start](const Facts& facts, const Numbers& numbers) {
    ++starts;
    return start(facts, numbers);
  };
  const DeriveFacts derive = Following(engine);
  for (size_t step = 0; step <= history.steps.size(); ++step) {
    const Facts facts = FactsAfter(history, step);
    ASSERT_EQ(derive(facts), DeriveReference(facts));
  }
  EXPECT_EQ(starts, 1);
}

}  // namespace
}  // namespace seatwise::histories
