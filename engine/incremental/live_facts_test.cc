#include "engine/incremental/live_facts.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

using ::testing::ElementsAre;

TEST(LiveFactsTest, FindsAndListsByTheBytesOfTheIds) {
  const LiveFacts facts = LiveFactsOf(
      "user b\nuser a2\nuser B\nuser a1 location=DE\ngroup y -> s\ngroup x -> s\n"
      "tenant location=US\nsku s plans=P\n");
  EXPECT_EQ(facts.FindUser("B"), 0u);
  EXPECT_EQ(facts.FindUser("a1"), 1u);
  EXPECT_EQ(facts.FindUser("b"), 3u);
  EXPECT_EQ(facts.FindUser("x"), std::nullopt);
  EXPECT_EQ(facts.FindGroup("y"), 1u);
  EXPECT_EQ(facts.FindGroup("b"), std::nullopt);
  EXPECT_EQ(facts.UserIdOf(2), "a2");
  EXPECT_EQ(facts.UserIdOf(4), "");
  EXPECT_EQ(facts.GroupIdOf(0), "x");
  std::vector<std::string> ids;
  facts.ForEachUserFrom("a", [&](uint32_t number, absl::string_view id) {
    EXPECT_EQ(facts.UserIdOf(number), id);
    ids.emplace_back(id);
    return ids.size() < 2;
  });
  EXPECT_THAT(ids, ElementsAre("a1", "a2"));
  ids.clear();
  facts.ForEachGroupFrom("xx", [&](uint32_t, absl::string_view id) {
    ids.emplace_back(id);
    return true;
  });
  EXPECT_THAT(ids, ElementsAre("y"));
  EXPECT_EQ(facts.LocationOf(1).ToString(), "DE");
  EXPECT_EQ(facts.LocationOf(2).ToString(), "US");
}

TEST(LiveFactsTest, LargerTenantsTakeMoreMemory) {
  const LiveFacts few = LiveFactsOf("ana in g\n");
  const LiveFacts more = LiveFactsOf("ana in g\nbob in g\ncid in h\ncid -> s\nh in g\n");
  EXPECT_GT(few.ApproximateBytes(), 100u);
  EXPECT_GT(more.ApproximateBytes(), few.ApproximateBytes());
}

}  // namespace
}  // namespace seatwise
