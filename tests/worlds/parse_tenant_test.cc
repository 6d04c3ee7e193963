#include "tests/worlds/parse_tenant.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/worlds/describe.h"

namespace seatwise::worlds {
namespace {

using ::testing::ElementsAre;

TEST(ParseTenantTest, EmptyTextIsAnEmptyTenant) { EXPECT_EQ(ParseTenant("\n\n"), Facts{}); }

TEST(ParseTenantTest, ReadsSettings) {
  const Facts facts = ParseTenant("tenant atomic nested location=US retention=7");
  EXPECT_EQ(facts.settings.assignment_mode, AssignmentMode::kGroupAtomic);
  EXPECT_TRUE(facts.settings.nested_groups);
  EXPECT_EQ(facts.settings.default_usage_location, Location::Parse("US"));
  EXPECT_EQ(facts.settings.retention_days, 7);
}

TEST(ParseTenantTest, ThingsExistOnceTheyAreMentioned) {
  const Facts facts = ParseTenant("ana in staff @3\ngroup staff -> E3 priority=5 off=MAIL @-7");
  ASSERT_EQ(facts.users.size(), 1);
  ASSERT_EQ(facts.groups.size(), 1);
  ASSERT_EQ(facts.skus.size(), 1);
  ASSERT_EQ(facts.plans.size(), 1);
  EXPECT_THAT(facts.memberships, ElementsAre(Membership{GroupId("staff"), UserId("ana"), Time{3}}));
  EXPECT_THAT(
      facts.assignments,
      ElementsAre(Assignment{GroupId("staff"), SkuId("E3"), {PlanId("MAIL")}, 5, Time{-7}}));
}

TEST(ParseTenantTest, EverySubscriptionOfASkuStandsOnItsLine) {
  const Facts facts =
      ParseTenant("sku E3 seats=1 seats=2 locked=4 self-service=8 overage=unlimited");
  ASSERT_EQ(facts.subscriptions.size(), 4);
  EXPECT_EQ(facts.subscriptions[1].units, 2);
  EXPECT_EQ(facts.subscriptions[2].status, SubscriptionStatus::kLockedOut);
  EXPECT_TRUE(facts.subscriptions[3].self_service);
  EXPECT_EQ(facts.skus[0].overage_units, kUnlimited);
}

TEST(ParseTenantDeathTest, DiesOnWhatItDoesNotKnow) {
  EXPECT_DEATH(ParseTenant("sku E3 colour=red"), "unknown 'colour'");
  EXPECT_DEATH(ParseTenant("ana likes staff"), "unknown 'likes'");
  EXPECT_DEATH(ParseTenant("sku E3 seats=many"), "not a number");
}

// Every kind of line, as Describe writes it.
constexpr char kText[] =
    R"(tenant atomic nested location=US retention=7
plan MAIL unique retains
plan "odd, one" company
plan LONELY
sku E3 seats=2 suspended=1 overage=unlimited plans=DOCS,MAIL
sku "sku" plans="odd, one"
conflict DOCS MAIL
require MAIL DOCS,"odd, one"
prohibit MAIL CN
user ana location=DE created=4 address="smtp:a@x.test","smtp:b@x.test" blocked guest
user carl
group nobody
group staff -> E3 priority=-5 off=DOCS @7
bob -> "sku"
ana in staff @3
group inner in staff
)";

TEST(DescribeTest, WritesWhatParseReads) { EXPECT_EQ(Describe(ParseTenant(kText)), kText); }

}  // namespace
}  // namespace seatwise::worlds
