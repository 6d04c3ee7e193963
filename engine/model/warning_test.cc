#include "engine/model/warning.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(WarningTest, EachReasonHasANameOfItsOwn) {
  std::set<std::string> names;
  for (int i = 0; i < kWarningReasons; ++i) {
    names.insert(std::string(WarningName(static_cast<WarningReason>(i))));
  }
  EXPECT_EQ(names.size(), kWarningReasons);
  EXPECT_EQ(names.count(""), 0u);
}

TEST(WarningTest, EachNamesItsFactAndSaysWhatToDo) {
  const struct {
    Warning warning;
    WarningReason reason;
    FactKey fact;
    const char* says;
    const char* advises;
  } cases[] = {
      {SkuWithoutUserPlans(SkuId("s")), WarningReason::kSkuWithoutUserPlans, SkuId("s"),
       "SKU 's' is assigned but has no plan for users", "add plans or remove"},
      {SkuWithoutUnits(SkuId("s")), WarningReason::kSkuWithoutUnits, SkuId("s"),
       "SKU 's' is assigned but no subscription", "add a subscription or remove"},
      {SkuConflictsWithItself(SkuId("s"), {PlanId("p"), PlanId("q")}, 3),
       WarningReason::kSkuConflictsWithItself, SkuId("s"),
       "plans 'p' and 'q' of SKU 's' conflict, and 2 more pairs:", "disable one"},
      {RequirementNeverMet({PlanId("p"), {PlanId("q")}}), WarningReason::kRequirementNeverMet,
       PlanRequirement{PlanId("p"), {PlanId("q")}}, "requirement of plan 'p' for any of 'q' names",
       "name a plan for users or delete"},
      {RequirementCircle({PlanId("p"), PlanId("q")}), WarningReason::kRequirementCircle,
       PlanId("p"), "plans 'p', 'q' require each other", "into one SKU or delete"},
      {RequirementDropped({PlanId("p"), {PlanId("q")}}), WarningReason::kRequirementDropped,
       PlanRequirement{PlanId("p"), {PlanId("q")}}, "is deleted", "put another"},
      {GroupCycle({GroupId("g"), GroupId("h")}), WarningReason::kGroupCycle, GroupId("g"),
       "groups 'g', 'h' contain each other", "remove a membership"},
      {NestingIgnored(GroupId("g"), GroupId("h")), WarningReason::kNestingIgnored,
       MembershipKey{GroupId("g"), GroupId("h")}, "membership of group 'h' in group 'g' has no",
       "switch it on or remove"},
      {GroupWithoutMembers(GroupId("g")), WarningReason::kGroupWithoutMembers, GroupId("g"),
       "group 'g' is licensed but has no members", "add some or remove"},
      {DisabledPlanNotInSku({.principal = UserId("u"), .sku = SkuId("s")}, PlanId("p")),
       WarningReason::kDisabledPlanNotInSku, AssignmentKey{UserId("u"), SkuId("s")},
       "assignment of SKU 's' to user 'u' disables plan 'p'", "take it out"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(c.warning.reason, c.reason);
    EXPECT_EQ(c.warning.fact, c.fact);
    EXPECT_THAT(c.warning.message, AllOf(HasSubstr(c.says), HasSubstr(c.advises)));
    EXPECT_EQ(c.warning.change, std::nullopt);
  }
}

TEST(WarningTest, LongListsAreCut) {
  std::vector<GroupId> groups;
  for (char c = 'a'; c < 'i'; ++c) groups.emplace_back(std::string(1, c));
  EXPECT_THAT(GroupCycle(groups).message, HasSubstr("groups 'a', 'b', 'c', 'd', 'e' and 3 more"));
}

TEST(WarningTest, AGroupInItselfReadsWell) {
  EXPECT_THAT(GroupCycle({GroupId("g")}).message, HasSubstr("group 'g' contains itself (M2)"));
}

}  // namespace
}  // namespace seatwise
