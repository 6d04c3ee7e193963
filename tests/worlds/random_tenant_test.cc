#include "tests/worlds/random_tenant.h"

#include <set>

#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/worlds/describe.h"
#include "tests/worlds/diff.h"
#include "tests/worlds/disguise.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::worlds {
namespace {

TEST(RandomTenantTest, ASeedAlwaysMakesTheSameTenant) {
  EXPECT_EQ(RandomTenant(7), RandomTenant(7));
  EXPECT_NE(RandomTenant(7), RandomTenant(8));
}

TEST(RandomTenantTest, EveryKeyIsUnique) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const Facts facts = RandomTenant(seed);
    std::set<UserId> users;
    std::set<std::pair<GroupId, Principal>> memberships;
    std::set<std::pair<Principal, SkuId>> assignments;
    for (const User& user : facts.users) users.insert(user.id);
    for (const Membership& fact : facts.memberships) memberships.insert({fact.group, fact.member});
    for (const Assignment& a : facts.assignments) assignments.insert({a.principal, a.sku});
    EXPECT_EQ(users.size(), facts.users.size()) << seed;
    EXPECT_EQ(memberships.size(), facts.memberships.size()) << seed;
    EXPECT_EQ(assignments.size(), facts.assignments.size()) << seed;
  }
}

// A tenant that is printed can be pasted into a test.
TEST(RandomTenantTest, TheTextOfATenantDerivesTheSame) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const Facts facts = RandomTenant(seed);
    const Facts again = ParseTenant(Describe(facts));
    ASSERT_EQ(Describe(again), Describe(ParseTenant(Describe(again)))) << seed;
    ASSERT_EQ(DiffDerived(DeriveReference(again), DeriveReference(facts)), "") << Describe(facts);
  }
}

TEST(DisguiseTest, ChangesTheFactsAndNotTheState) {
  int changed = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const Facts facts = RandomTenant(seed);
    const Facts other = Disguise(facts, seed);
    changed += facts != other;
    EXPECT_EQ(DiffDerived(DeriveReference(facts), DeriveReference(other)), "") << Describe(facts);
  }
  EXPECT_EQ(changed, 100);
}

}  // namespace
}  // namespace seatwise::worlds
