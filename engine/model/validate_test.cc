#include "engine/model/validate.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "engine/model/memory_facts.h"
#include "engine/model/odd_views.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tiny::AGroup;
using tiny::AUser;

ValidationResult Judge(ChangeSet changes, const Facts& facts = tiny::Tenant()) {
  auto result = Validate(std::move(changes), MemoryFacts(facts));
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result->changes.has_value(), result->errors.empty());
  return *std::move(result);
}

std::vector<std::string> Messages(const ChangeSet& changes, const Facts& facts = tiny::Tenant()) {
  std::vector<std::string> messages;
  for (const ValidationError& error : Judge(changes, facts).errors) {
    messages.push_back(absl::StrCat("[", error.change.value(), "] ", error.message));
  }
  return messages;
}

TEST(ValidateTest, NothingIsFine) {
  const ValidationResult result = Judge({});
  ASSERT_TRUE(result.changes);
  EXPECT_TRUE(result.changes->empty());
  EXPECT_TRUE(result.all_warnings);
}

TEST(ValidateTest, ReferencesHoldWhenAllChangesAreMade) {
  // In an order that makes no sense one by one.
  EXPECT_THAT(Messages({{Put{tiny::Assigned(AGroup("new"), "e9", {"p9"})},
                         Put{tiny::Member("new", AUser("zoe"))}, Put{tiny::Units("s9", "e9", 1)},
                         Put{tiny::Product("e9", {"p9"})}, Put{tiny::Person("zoe")},
                         Put{tiny::Team("new")}, Put{tiny::Plan("p9")}}}),
              IsEmpty());
}

TEST(ValidateTest, WhatTheSetDeletesMayNotBeNamed) {
  EXPECT_THAT(
      Messages({{Delete{UserId("ana")}, Put{tiny::Member("board", AUser("ana"))}}}),
      ElementsAre("[1] membership of user 'ana' in group 'board': member_id names user 'ana', "
                  "which changes[0] deletes; drop one of the two changes"));
}

TEST(ValidateTest, AnErrorIsReportedWhereItIsAndNotWhereItIsNamed) {
  EXPECT_THAT(Messages({{Put{User{.id = UserId("x"), .display_name = "\xff"}},
                         Put{tiny::Member("staff", AUser("x"))}}}),
              ElementsAre("[0] user 'x': display_name is not UTF-8"));
}

TEST(ValidateTest, MessagesSayWhatWhereAndWhatToDo) {
  EXPECT_THAT(
      Messages({{Put{tiny::Units("s1", "e7", -1)}, Delete{GroupId("staff")},
                 Put{tiny::Units("s1", "e1", 1)}, Delete{PlanId("docs")}, Delete{UserId("zed")},
                 Delete{TenantSettingsKey()}, Delete{SkuId("e3")}, Delete{PlanId("kiosk")}}}),
      ElementsAre(
          "[0] subscription 's1': units is not between 0 and 1000000000000",
          "[0] subscription 's1': sku_id names SKU 'e7', which does not exist; put it too, or drop "
          "this change",
          "[1] group 'staff' is in use by assignments, such as assignment of SKU 'e3' to group "
          "'staff'; set cascade to delete these assignments, or change them in the same set",
          "[2] subscription 's1' is named by changes[0] already; say it in one change",
          "[3] plan 'docs' is in use by plan requirements, such as requirement of plan 'mail' for "
          "any of 'docs', 'fabric'; set cascade to take it out of these plan requirements, or "
          "change them in the same set",
          "[3] plan 'docs' is in use by assignments, such as assignment of SKU 'e3' to group "
          "'staff'; set cascade to take it out of these assignments, or change them in the same "
          "set",
          "[4] user 'zed' does not exist; drop this change",
          "[5] the tenant's settings cannot be deleted; put the default settings instead",
          "[6] SKU 'e3' has plans; set cascade to delete it with them",
          "[6] SKU 'e3' is in use by subscriptions, such as subscription 's3'; set cascade to "
          "delete these subscriptions, or change them in the same set",
          "[6] SKU 'e3' is in use by assignments, such as assignment of SKU 'e3' to group 'staff'; "
          "set cascade to delete these assignments, or change them in the same set",
          "[7] plan 'kiosk' is in use by SKUs, such as SKU 'e1'; set cascade to take it out of "
          "these SKUs, or change them in the same set",
          "[7] plan 'kiosk' is in use by plan conflicts, such as conflict of plans 'kiosk' and "
          "'mail'; set cascade to delete these plan conflicts, or change them in the same set"));
}

TEST(ValidateTest, ManyErrorsAreCounted) {
  ChangeSet changes;
  for (size_t i = 0; i < kMaxReportedErrors + 7; ++i) {
    changes.changes.push_back(Delete{UserId(absl::StrCat(i))});
  }
  const ValidationResult result = Judge(changes);
  EXPECT_EQ(result.errors.size(), kMaxReportedErrors);
  EXPECT_EQ(result.more_errors, 7u);
  EXPECT_EQ(result.errors.back().change, kMaxReportedErrors - 1);
}

TEST(ValidateTest, ManyWarningsAreCounted) {
  ChangeSet changes;
  for (size_t i = 0; i < kMaxReportedErrors + 3; ++i) {
    const std::string id = absl::StrCat("new", i);
    changes.changes.push_back(Put{tiny::Team(id)});
    changes.changes.push_back(Put{tiny::Assigned(AGroup(id), "e1")});
  }
  const ValidationResult result = Judge(changes);
  EXPECT_EQ(result.warnings.size(), kMaxReportedErrors);
  EXPECT_EQ(result.more_warnings, 3u);
}

TEST(ValidateTest, CyclesOfGroupsAreLegal) {
  const ValidationResult result = Judge(
      {{Put{tiny::Member("board", AGroup("staff"))}, Put{tiny::Member("board", AGroup("board"))}}});
  EXPECT_TRUE(result.changes);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].reason, WarningReason::kGroupCycle);
}

TEST(ValidateTest, APutReplacesTheWholeFact) {
  MemoryFacts facts(tiny::Tenant());
  const auto result = Validate({{Put{tiny::Product("e3", {"docs"})}}}, facts);
  ASSERT_TRUE(result.ok() && result->changes);
  facts.Apply(*result->changes);
  EXPECT_EQ(*facts.Find(SkuId("e3")), Fact(tiny::Product("e3", {"docs"})));
}

TEST(ValidateTest, ConflictsHaveNoDirection) {
  EXPECT_THAT(Messages({{Delete{tiny::Conflict("mail", "kiosk")}}}), IsEmpty());
  const ValidationResult result = Judge({{Put{tiny::Conflict("mail", "docs")}}});
  ASSERT_TRUE(result.changes);
  EXPECT_THAT(result.changes->puts(), ElementsAre(Fact(tiny::Conflict("docs", "mail"))));
  EXPECT_EQ(Messages({{Put{tiny::Conflict("mail", "docs")}, Put{tiny::Conflict("docs", "mail")}}}),
            (std::vector<std::string>{"[1] conflict of plans 'docs' and 'mail' is named by "
                                      "changes[0] already; say it in one change"}));
}

TEST(ValidateTest, ADependentThatMovesAwayIsNotInTheWay) {
  EXPECT_THAT(Messages({{Put{tiny::Units("s1", "e3", 5)}, Put{tiny::Product("e1", {})},
                         Delete{AssignmentKey{UserId("bob"), SkuId("e1")}}}}),
              IsEmpty());
  Facts facts = tiny::Tenant();
  facts.skus[0].plans.clear();
  EXPECT_THAT(
      Messages({{Put{tiny::Units("s1", "e3", 5)}, Delete{UserId("bob")}, Delete{SkuId("e1")}}},
               facts),
      IsEmpty());
}

TEST(ValidateTest, ARequirementThatACascadeEmptiesIsNotInTheWay) {
  Facts facts = tiny::Tenant();
  facts.plans.push_back(tiny::Plan("x"));
  facts.plans.push_back(tiny::Plan("y"));
  facts.requirements.push_back(tiny::Requirement("x", {"y"}));
  const ValidationResult result = Judge({{Delete{PlanId("x")}, Delete{PlanId("y"), true}}}, facts);
  EXPECT_TRUE(result.changes);
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST(ValidateTest, AFailureOfTheStoreIsNotAnAnswer) {
  const ChangeSet changes = {{Put{tiny::Product("e1", {"mail"})}, Delete{SkuId("e3"), true},
                              Put{tiny::Requirement("kiosk", {"mail"})},
                              Put{tiny::Member("board", AGroup("staff"))}, Delete{UserId("ana")},
                              Delete{PlanId("docs"), true}, Put{tiny::Units("s1", "e1", 1)}}};
  bool failed = true;
  for (int answers = 0; failed; ++answers) {
    const BrokenFacts broken(tiny::Tenant(), answers);
    const auto result = Validate(changes, broken);
    failed = broken.failed();
    if (failed) {
      EXPECT_EQ(result.status().code(), absl::StatusCode::kUnavailable) << answers;
    } else {
      EXPECT_TRUE(result.ok() && result->changes) << answers;
    }
  }
}

}  // namespace
}  // namespace seatwise
