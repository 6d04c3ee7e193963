#include "engine/incremental/edit_facts.h"

#include <utility>
#include <vector>

#include "engine/model/account_flags.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// Users ana 0, bob 1; groups board 0, staff 1; the tenant's own words are in tiny_tenant.h.
Touched Edit(LiveFacts& facts, const Facts& tenant, std::vector<Change> changes) {
  const MemoryFacts stored(tenant);
  return EditFacts(facts, histories::Admit({std::move(changes)}, stored).changes);
}

TEST(EditFactsTest, NewUsersAndGroupsGetTheNextNumbersInOrder) {
  LiveFacts facts = LiveFactsOf(tiny::Tenant());
  const Touched touched =
      Edit(facts, tiny::Tenant(),
           {Put{tiny::Person("z")}, Put{tiny::Person("a")}, Put{tiny::Person("ana")},
            Put{tiny::Team("m")}, Put{tiny::Member("m", tiny::AUser("a"))}});
  EXPECT_EQ(facts.FindUser("z"), 2u);
  EXPECT_EQ(facts.FindUser("a"), 3u);
  EXPECT_EQ(facts.FindUser("ana"), 0u);
  EXPECT_EQ(facts.FindGroup("m"), 2u);
  EXPECT_EQ(facts.user_count, 4u);
  EXPECT_THAT(touched.users, ElementsAre(2, 3));
  EXPECT_THAT(touched.memberships, ElementsAre(Pair(3, 2)));
}

TEST(EditFactsTest, ADeletedUserIsGoneAndComesBackAsAnother) {
  LiveFacts facts = LiveFactsOf(tiny::Tenant());
  const Touched touched = Edit(facts, tiny::Tenant(), {Delete{UserId("bob")}});
  EXPECT_THAT(touched.gone, ElementsAre(1));
  EXPECT_EQ(facts.FindUser("bob"), std::nullopt);
  EXPECT_TRUE(facts.members[0].empty());
  EXPECT_TRUE(facts.sources[0].users.empty());
  EXPECT_EQ(facts.user_count, 1u);
  Facts without_bob = tiny::Tenant();
  without_bob.users.pop_back();
  without_bob.memberships.erase(without_bob.memberships.begin());
  without_bob.assignments.erase(without_bob.assignments.begin());
  Edit(facts, without_bob, {Put{tiny::Person("bob")}});
  EXPECT_EQ(facts.FindUser("bob"), 2u);
}

TEST(EditFactsTest, ABlockedAccountIsKnownAndTouchesNothing) {
  LiveFacts facts = LiveFactsOf(tiny::Tenant());
  User bob = tiny::Person("bob");
  EXPECT_EQ(facts.users[1]->account(), AccountFlags());
  bob.account_enabled = false;
  bob.user_type = UserType::kGuest;
  const Touched touched = Edit(facts, tiny::Tenant(), {Put{bob}, Put{tiny::Person("z")}});
  EXPECT_EQ(facts.users[1]->account(), (AccountFlags{.blocked = true, .guest = true}));
  EXPECT_EQ(facts.users[2]->account(), AccountFlags());
  EXPECT_THAT(touched.users, ElementsAre(2));
}

TEST(EditFactsTest, FactsAsTheyAreTouchNothing) {
  const Facts tenant = tiny::Tenant();
  LiveFacts facts = LiveFactsOf(tenant);
  std::vector<Change> changes;
  for (const Membership& row : tenant.memberships) changes.push_back(Put{row});
  for (const User& row : tenant.users) changes.push_back(Put{row});
  for (const Group& row : tenant.groups) changes.push_back(Put{row});
  for (const Subscription& row : tenant.subscriptions) changes.push_back(Put{row});
  const Touched touched = Edit(facts, tenant, std::move(changes));
  EXPECT_THAT(touched.users, IsEmpty());
  EXPECT_THAT(touched.memberships, IsEmpty());
  EXPECT_THAT(touched.edges, IsEmpty());
  EXPECT_THAT(touched.addressed, IsEmpty());
  EXPECT_FALSE(touched.settings);
}

TEST(EditFactsTest, EqualDirectAssignmentsShareTheirShape) {
  LiveFacts facts = LiveFactsOf(tiny::Tenant());
  Edit(facts, tiny::Tenant(), {Put{tiny::Assigned(tiny::AUser("ana"), "e1")}});
  EXPECT_TRUE(facts.users[0]->direct()[0].shape == facts.users[1]->direct()[0].shape);
}

}  // namespace
}  // namespace seatwise
