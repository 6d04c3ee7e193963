#include "engine/model/lint_changes.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "engine/model/memory_facts.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "engine/model/warning.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tiny::AGroup;
using tiny::AUser;

// "[change] REASON fact", in order.
std::vector<std::string> Warnings(const ChangeSet& changes, const Facts& facts = tiny::Tenant()) {
  const MemoryFacts stored(facts);
  const auto result = Validate(changes, stored);
  EXPECT_TRUE(result.ok() && result->changes && result->all_warnings);
  std::vector<std::string> lines;
  for (const Warning& warning : result->warnings) {
    lines.push_back(absl::StrCat("[", warning.change.value(), "] ", WarningName(warning.reason),
                                 " ", Describe(warning.fact)));
  }
  return lines;
}

Facts WithoutNesting() {
  Facts facts = tiny::Tenant();
  facts.settings.nested_groups = false;
  return facts;
}

TEST(LintChangesTest, SoundChangesHaveNoWarnings) {
  EXPECT_THAT(Warnings({}), IsEmpty());
  EXPECT_THAT(Warnings({{Put{tiny::Person("cid")}, Put{tiny::Member("board", AUser("cid"))},
                         Put{tiny::Assigned(AUser("cid"), "e3", {"docs"})},
                         Put{tiny::Units("s1", "e1", 7)}}}),
              IsEmpty());
}

TEST(LintChangesTest, ASkuIsLookedAtWhenItsPlansOrUnitsChange) {
  EXPECT_THAT(Warnings({{Put{tiny::Product("e1", {"fabric"})}}}),
              ElementsAre("[0] SKU_WITHOUT_USER_PLANS SKU 'e1'"));
  EXPECT_THAT(Warnings({{Put{tiny::Plan("kiosk", AppliesTo::kCompany)}}}),
              ElementsAre("[0] SKU_WITHOUT_USER_PLANS SKU 'e1'"));
  EXPECT_THAT(Warnings({{Delete{PlanId("kiosk"), true}}}),
              ElementsAre("[0] SKU_WITHOUT_USER_PLANS SKU 'e1'"));
  EXPECT_THAT(Warnings({{Delete{SubscriptionId("s1")}}}),
              ElementsAre("[0] SKU_WITHOUT_UNITS SKU 'e1'"));
  EXPECT_THAT(Warnings({{Put{tiny::Units("s1", "e3", 5)}}}),
              ElementsAre("[0] SKU_WITHOUT_UNITS SKU 'e1'"));
}

TEST(LintChangesTest, OnlyUnitsThatCountGiveSeats) {
  Subscription subscription = tiny::Units("s1", "e1", 5);
  subscription.self_service = true;
  EXPECT_THAT(Warnings({{Put{subscription}}}), ElementsAre("[0] SKU_WITHOUT_UNITS SKU 'e1'"));
  subscription.self_service = false;
  subscription.status = SubscriptionStatus::kDeleted;
  EXPECT_THAT(Warnings({{Put{subscription}}}), ElementsAre("[0] SKU_WITHOUT_UNITS SKU 'e1'"));
  subscription.status = SubscriptionStatus::kLockedOut;
  EXPECT_THAT(Warnings({{Put{subscription}}}), IsEmpty());
  subscription.units = 0;
  EXPECT_THAT(Warnings({{Put{subscription}}}), ElementsAre("[0] SKU_WITHOUT_UNITS SKU 'e1'"));
}

TEST(LintChangesTest, ASkuThatNobodyHasMayBeEmpty) {
  EXPECT_THAT(Warnings({{Put{tiny::Product("new", {})}}}), IsEmpty());
  EXPECT_THAT(
      Warnings({{Put{tiny::Product("new", {})}, Put{tiny::Assigned(AUser("ana"), "new")}}}),
      ElementsAre("[0] SKU_WITHOUT_USER_PLANS SKU 'new'", "[0] SKU_WITHOUT_UNITS SKU 'new'"));
}

TEST(LintChangesTest, ConflictsWithinASkuAreFoundFromBothEnds) {
  EXPECT_THAT(Warnings({{Put{tiny::Product("new", {"kiosk", "mail"})}}}),
              ElementsAre("[0] SKU_CONFLICTS_WITH_ITSELF SKU 'new'"));
  EXPECT_THAT(Warnings({{Put{tiny::Conflict("mail", "docs")}}}),
              ElementsAre("[0] SKU_CONFLICTS_WITH_ITSELF SKU 'e3'"));
  EXPECT_THAT(Warnings({{Put{tiny::Conflict("mail", "fabric")},
                         Put{tiny::Product("e3", {"fabric", "mail"})}}}),
              IsEmpty());
}

TEST(LintChangesTest, RequirementsThatNothingMeetsAreFound) {
  EXPECT_THAT(
      Warnings({{Put{tiny::Requirement("kiosk", {"fabric"})}}}),
      ElementsAre("[0] REQUIREMENT_NEVER_MET requirement of plan 'kiosk' for any of 'fabric'"));
  EXPECT_THAT(Warnings({{Put{tiny::Plan("docs", AppliesTo::kCompany)}}}),
              ElementsAre("[0] REQUIREMENT_NEVER_MET requirement of plan 'mail' for any of 'docs', "
                          "'fabric'"));
}

TEST(LintChangesTest, OnlyCirclesThroughWhatIsPutAreFound) {
  EXPECT_THAT(Warnings({{Put{tiny::Requirement("kiosk", {"mail"})},
                         Put{tiny::Requirement("mail", {"kiosk"})}}}),
              ElementsAre("[0] REQUIREMENT_CIRCLE plan 'kiosk'"));
  Facts facts = tiny::Tenant();
  facts.requirements = {tiny::Requirement("kiosk", {"mail"}), tiny::Requirement("mail", {"kiosk"})};
  EXPECT_THAT(Warnings({{Put{tiny::Requirement("docs", {"mail"})}}}, facts), IsEmpty());
  EXPECT_THAT(
      Warnings({{Put{tiny::Person("x")}, Put{tiny::Requirement("kiosk", {"mail"})}}}, facts),
      ElementsAre("[1] REQUIREMENT_CIRCLE plan 'kiosk'"));
}

TEST(LintChangesTest, ARequirementThatACascadeEmptiesIsReported) {
  Facts facts = tiny::Tenant();
  facts.requirements = {tiny::Requirement("mail", {"kiosk"})};
  EXPECT_THAT(
      Warnings({{Put{tiny::Product("e1", {"docs"})}, Delete{PlanId("kiosk"), true}}}, facts),
      ElementsAre("[1] REQUIREMENT_DROPPED requirement of plan 'mail' for any of 'kiosk'"));
}

TEST(LintChangesTest, OnlyCyclesThroughWhatIsPutAreFound) {
  Facts facts = tiny::Tenant();
  facts.groups.push_back(tiny::Team("old"));
  facts.memberships.push_back(tiny::Member("old", AGroup("old")));
  facts.memberships.push_back(tiny::Member("old", AGroup("staff")));
  EXPECT_THAT(Warnings({{Put{tiny::Member("board", AGroup("staff"))}}}, facts),
              ElementsAre("[0] GROUP_CYCLE group 'board'"));
  EXPECT_THAT(Warnings({{Put{tiny::Member("board", AGroup("staff"))}}}, WithoutNesting()),
              IsEmpty());
}

TEST(LintChangesTest, NestingThatHasNoEffectIsFound) {
  EXPECT_THAT(Warnings({{Put{tiny::Member("staff", AGroup("board"), 9)}}}, WithoutNesting()),
              ElementsAre("[0] NESTING_IGNORED membership of group 'board' in group 'staff'"));
  EXPECT_THAT(Warnings({{Put{tiny::Member("board", AGroup("staff"))}}}, WithoutNesting()),
              IsEmpty());
}

TEST(LintChangesTest, ALicensedGroupIsLookedAtWhenItIsAssignedOrLosesMembers) {
  EXPECT_THAT(Warnings({{Put{tiny::Team("new")}, Put{tiny::Assigned(AGroup("new"), "e1")}}}),
              ElementsAre("[1] GROUP_WITHOUT_MEMBERS group 'new'"));
  EXPECT_THAT(
      Warnings({{Delete{MembershipKey{GroupId("staff"), UserId("ana")}}}}, WithoutNesting()),
      ElementsAre("[0] GROUP_WITHOUT_MEMBERS group 'staff'"));
  EXPECT_THAT(Warnings({{Delete{UserId("ana")}}}, WithoutNesting()),
              ElementsAre("[0] GROUP_WITHOUT_MEMBERS group 'staff'"));
  EXPECT_THAT(Warnings({{Delete{UserId("ana")}}}), IsEmpty());  // bob is left, through board.
  EXPECT_THAT(Warnings({{Delete{GroupId("board")}, Delete{UserId("ana")}}}),
              ElementsAre("[0] GROUP_WITHOUT_MEMBERS group 'staff'"));
}

TEST(LintChangesTest, DisabledPlansShouldBeOfTheSku) {
  EXPECT_THAT(Warnings({{Put{tiny::Assigned(AUser("ana"), "e3", {"docs", "kiosk"})}}}),
              ElementsAre("[0] DISABLED_PLAN_NOT_IN_SKU assignment of SKU 'e3' to user 'ana'"));
}

TEST(LintChangesTest, AHaystackOfGroupsIsNotSearchedForever) {
  Facts facts = tiny::Tenant();
  facts.groups.push_back(tiny::Team("hay"));
  for (size_t i = 0; i < kMaxLintSteps + 10; ++i) {
    facts.groups.push_back(tiny::Team(absl::StrCat("g", i)));
    facts.memberships.push_back(tiny::Member("hay", AGroup(absl::StrCat("g", i))));
  }
  const auto result = Validate({{Put{tiny::Assigned(AGroup("hay"), "e1")}}}, MemoryFacts(facts));
  ASSERT_TRUE(result.ok() && result->changes);
  EXPECT_THAT(result->warnings, IsEmpty());
  EXPECT_FALSE(result->all_warnings);
}

TEST(LintChangesTest, ImportsAreNotLinted) {
  ChangeSet changes;
  changes.changes.push_back(Put{tiny::Product("e1", {"fabric"})});
  for (size_t i = 0; i < kMaxLintedChanges; ++i) {
    changes.changes.push_back(Put{tiny::Person(absl::StrCat(i))});
  }
  const auto result = Validate(changes, MemoryFacts(tiny::Tenant()));
  ASSERT_TRUE(result.ok() && result->changes);
  EXPECT_THAT(result->warnings, IsEmpty());
  EXPECT_FALSE(result->all_warnings);
}

}  // namespace
}  // namespace seatwise
