#include "engine/incremental/live_nesting.h"

#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

using ::testing::ElementsAre;

constexpr Time kAlways{std::numeric_limits<int64_t>::min()};

TEST(LiveNestingTest, TheEarliestLatestTimeOfAllChainsCounts) {
  const LiveFacts facts = LiveFactsOf(
      "tenant nested\ngroup b in a @5\ngroup c in b @1\ngroup c in a @7\ngroup a in c @2\n"
      "group d in c @9\ngroup e in e @1\n");
  NestingSearch search(facts);
  EXPECT_THAT(search.From(0), ElementsAre(GroupLink{0, kAlways}, GroupLink{1, Time{5}},
                                          GroupLink{2, Time{5}}, GroupLink{3, Time{9}}));
  EXPECT_THAT(search.From(4), ElementsAre(GroupLink{4, kAlways}));
}

TEST(LiveNestingTest, WithoutNestedGroupsAGroupReachesItself) {
  const LiveFacts facts = LiveFactsOf("group b in a @5\n");
  EXPECT_THAT(NestingSearch(facts).From(0), ElementsAre(GroupLink{0, kAlways}));
}

}  // namespace
}  // namespace seatwise
