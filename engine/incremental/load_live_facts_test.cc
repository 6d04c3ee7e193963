#include "engine/incremental/load_live_facts.h"

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

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

}  // namespace
}  // namespace seatwise
