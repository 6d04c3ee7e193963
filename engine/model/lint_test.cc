#include "engine/model/lint.h"

#include <string>

#include "base/time.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/warning.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A tenant that nothing can be said about: group staff with ana has SKU e3 (mail, docs).
Facts Sound() {
  Facts facts;
  facts.plans = {{.id = PlanId("docs")},
                 {.id = PlanId("fabric"), .applies_to = AppliesTo::kCompany},
                 {.id = PlanId("mail")},
                 {.id = PlanId("voice")}};
  facts.skus = {{.id = SkuId("e3"), .plans = {PlanId("docs"), PlanId("mail")}}};
  facts.requirements = {{PlanId("mail"), {PlanId("docs"), PlanId("fabric")}}};
  facts.subscriptions = {{.id = SubscriptionId("s"), .sku = SkuId("e3"), .units = 1}};
  facts.users = {{.id = UserId("ana")}};
  facts.groups = {{.id = GroupId("board")}, {.id = GroupId("staff")}};
  facts.memberships = {{GroupId("staff"), UserId("ana"), Time()}};
  facts.assignments = {{.principal = GroupId("staff"), .sku = SkuId("e3")}};
  return facts;
}

// "REASON fact", in order.
std::vector<std::string> Warnings(const Facts& facts) {
  std::vector<std::string> lines;
  for (const Warning& warning : Lint(ColumnsFromFacts(facts))) {
    EXPECT_EQ(warning.change, std::nullopt);
    lines.push_back(std::string(WarningName(warning.reason)) + " " + Describe(warning.fact));
  }
  return lines;
}

TEST(LintTest, ASoundTenantHasNoWarnings) {
  EXPECT_THAT(Warnings({}), IsEmpty());
  EXPECT_THAT(Warnings(Sound()), IsEmpty());
}

TEST(LintTest, AnAssignedSkuShouldGiveUsersPlans) {
  Facts facts = Sound();
  facts.skus[0].plans = {PlanId("fabric")};
  EXPECT_THAT(Warnings(facts), ElementsAre("SKU_WITHOUT_USER_PLANS SKU 'e3'"));
  facts.assignments[0].principal = UserId("ana");
  EXPECT_THAT(Warnings(facts), ElementsAre("SKU_WITHOUT_USER_PLANS SKU 'e3'"));
  facts.assignments.clear();
  EXPECT_THAT(Warnings(facts), IsEmpty());
}

TEST(LintTest, AnAssignedSkuShouldHaveUnits) {
  Facts facts = Sound();
  facts.subscriptions[0].status = SubscriptionStatus::kSuspended;
  EXPECT_THAT(Warnings(facts), IsEmpty());
  facts.subscriptions[0].status = SubscriptionStatus::kDeleted;
  EXPECT_THAT(Warnings(facts), ElementsAre("SKU_WITHOUT_UNITS SKU 'e3'"));
  facts.skus[0].overage_units = kUnlimited;  // Gives nothing while nothing is usable (S3).
  EXPECT_THAT(Warnings(facts), ElementsAre("SKU_WITHOUT_UNITS SKU 'e3'"));
  facts.assignments.clear();
  EXPECT_THAT(Warnings(facts), IsEmpty());
}

TEST(LintTest, PlansOfASkuShouldNotConflict) {
  Facts facts = Sound();
  facts.conflicts = {{PlanId("docs"), PlanId("voice")}};
  EXPECT_THAT(Warnings(facts), IsEmpty());
  facts.conflicts.push_back({PlanId("docs"), PlanId("mail")});
  EXPECT_THAT(Warnings(facts), ElementsAre("SKU_CONFLICTS_WITH_ITSELF SKU 'e3'"));
  facts.skus[0].plans.insert(PlanId("voice"));
  const std::vector<Warning> both = Lint(ColumnsFromFacts(facts));
  ASSERT_EQ(both.size(), 1u);
  EXPECT_THAT(both[0].message,
              HasSubstr("plans 'docs' and 'mail' of SKU 'e3' conflict, and 1 more pair:"));
  facts.plans[0].applies_to = AppliesTo::kCompany;  // docs: takes no part in K4 (C1).
  facts.requirements.clear();
  EXPECT_THAT(Warnings(facts), IsEmpty());
}

TEST(LintTest, ARequirementShouldNameAPlanForUsers) {
  Facts facts = Sound();
  facts.requirements.push_back({PlanId("voice"), {PlanId("fabric")}});
  EXPECT_THAT(Warnings(facts),
              ElementsAre("REQUIREMENT_NEVER_MET requirement of plan 'voice' for any of 'fabric'"));
  facts.plans[3].applies_to = AppliesTo::kCompany;  // voice: its requirements never matter.
  EXPECT_THAT(Warnings(facts), IsEmpty());
}

TEST(LintTest, RequirementsShouldNotGoInACircle) {
  Facts facts = Sound();
  facts.requirements.push_back({PlanId("docs"), {PlanId("voice")}});
  facts.requirements.push_back({PlanId("voice"), {PlanId("docs")}});
  EXPECT_THAT(Warnings(facts), ElementsAre("REQUIREMENT_CIRCLE plan 'docs'"));
}

TEST(LintTest, GroupsShouldNotContainEachOther) {
  Facts facts = Sound();
  facts.settings.nested_groups = true;
  facts.memberships.push_back({GroupId("staff"), GroupId("board"), Time()});
  EXPECT_THAT(Warnings(facts), IsEmpty());
  facts.memberships.push_back({GroupId("board"), GroupId("staff"), Time()});
  EXPECT_THAT(Warnings(facts), ElementsAre("GROUP_CYCLE group 'board'"));
}

TEST(LintTest, WithoutNestingAGroupInALicensedGroupHasNoEffect) {
  Facts facts = Sound();
  facts.memberships.push_back({GroupId("board"), GroupId("staff"), Time()});
  EXPECT_THAT(Warnings(facts), IsEmpty());
  facts.memberships.push_back({GroupId("staff"), GroupId("board"), Time()});
  EXPECT_THAT(Warnings(facts),
              ElementsAre("NESTING_IGNORED membership of group 'board' in group 'staff'"));
}

TEST(LintTest, ALicensedGroupShouldHaveMembers) {
  Facts facts = Sound();
  facts.assignments.push_back({.principal = GroupId("board"), .sku = SkuId("e3")});
  EXPECT_THAT(Warnings(facts), ElementsAre("GROUP_WITHOUT_MEMBERS group 'board'"));
  facts.memberships.push_back({GroupId("board"), GroupId("staff"), Time()});
  EXPECT_THAT(Warnings(facts),
              ElementsAre("NESTING_IGNORED membership of group 'staff' in group 'board'",
                          "GROUP_WITHOUT_MEMBERS group 'board'"));
  facts.settings.nested_groups = true;
  EXPECT_THAT(Warnings(facts), IsEmpty());
}

TEST(LintTest, MembersAreFoundThroughAnyNumberOfGroups) {
  Facts facts = Sound();
  facts.settings.nested_groups = true;
  for (char g = 'a'; g < 'z'; ++g) {
    facts.groups.push_back({.id = GroupId(std::string(1, g))});
    facts.memberships.push_back({GroupId(std::string(1, g)),
                                 GroupId(std::string(1, g == 'y' ? 'a' : char(g + 1))), Time()});
  }
  facts.assignments.push_back({.principal = GroupId("c"), .sku = SkuId("e3")});
  EXPECT_THAT(Warnings(facts),
              ElementsAre("GROUP_CYCLE group 'a'", "GROUP_WITHOUT_MEMBERS group 'c'"));
  facts.memberships.push_back({GroupId("b"), GroupId("staff"), Time()});
  EXPECT_THAT(Warnings(facts), ElementsAre("GROUP_CYCLE group 'a'"));
}

}  // namespace
}  // namespace seatwise
