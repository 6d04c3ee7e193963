// The ladder: for each kind of change one table. It starts with everything wrong that can be; each
// row says which error comes first and repairs it, so the rows read in the order of the errors.
#include "engine/model/change_checker.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/time.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/odd_views.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "engine/model/validation_error.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using tiny::AGroup;
using tiny::AUser;

constexpr Time kTooLate{kMaxTime.micros + 1};

// The errors of the last change, as "REASON field".
std::vector<std::string> LastErrors(const ChangeSet& changes) {
  const FullFacts stored(tiny::Tenant());
  const auto result = Validate(changes, stored);
  EXPECT_TRUE(result.ok());
  std::vector<std::string> lines;
  for (const ValidationError& error : result->errors) {
    if (error.change != changes.changes.size() - 1) continue;
    EXPECT_EQ(error.fact, KeyOf(changes.changes.back()));
    lines.push_back(
        absl::StrCat(ErrorName(error.reason), error.field.empty() ? "" : " ", error.field));
  }
  return lines;
}

// A fact on its way up. The set deletes group "going" and user "leaver", which exist as little as
// anything that is not in tiny::Tenant(), and names the fact twice as long as `twice`.
template <typename Row>
struct Climber {
  Row row;
  bool twice = true;

  ChangeSet Changes() const {
    ChangeSet changes{{Delete{GroupId("going")}, Delete{UserId("leaver")}}};
    if (twice) changes.changes.push_back(Put{row});
    changes.changes.push_back(Put{row});
    return changes;
  }
};

template <typename Row>
struct Rung {
  const char* first_error;
  std::function<void(Climber<Row>&)> repair;
};

// The rows are of the tenant that is full of everything, so a fact that is new does not fit.
template <typename Row>
void Climb(Row row, const std::vector<Rung<Row>>& rungs) {
  Climber<Row> climber{std::move(row)};
  for (const Rung<Row>& rung : rungs) {
    const std::vector<std::string> errors = LastErrors(climber.Changes());
    ASSERT_FALSE(errors.empty()) << rung.first_error;
    ASSERT_EQ(errors[0], rung.first_error);
    rung.repair(climber);
  }
  EXPECT_EQ(LastErrors(climber.Changes()), std::vector<std::string>());
}

template <typename Row>
Rung<Row> Once() {
  return {"REPEATED_KEY", [](auto& c) { c.twice = false; }};
}

TEST(ChangeCheckerTest, LadderOfSettings) {
  using R = Rung<TenantSettings>;
  Climb<TenantSettings>(
      {.assignment_mode = static_cast<AssignmentMode>(7), .retention_days = -1},
      {R{"OUT_OF_RANGE assignment_mode", [](auto& c) { c.row.assignment_mode = {}; }},
       R{"OUT_OF_RANGE retention_days", [](auto& c) { c.row.retention_days = 0; }},
       Once<TenantSettings>()});
}

TEST(ChangeCheckerTest, LadderOfAPlan) {
  using R = Rung<ServicePlan>;
  Climb<ServicePlan>(
      {.id = PlanId("a;b"),
       .name = "\xff",
       .display_name = "\xff",
       .applies_to = static_cast<AppliesTo>(2)},
      {R{"MALFORMED plan_id", [](auto& c) { c.row.id = PlanId("new"); }},
       R{"MALFORMED name", [](auto& c) { c.row.name = ""; }},
       R{"MALFORMED display_name", [](auto& c) { c.row.display_name = ""; }},
       R{"OUT_OF_RANGE applies_to", [](auto& c) { c.row.applies_to = {}; }}, Once<ServicePlan>(),
       R{"TOO_MANY", [](auto& c) { c.row.id = PlanId("mail"); }}});
}

TEST(ChangeCheckerTest, LadderOfASku) {
  using R = Rung<Sku>;
  Climb<Sku>(
      {.id = SkuId(""),
       .part_number = "\xff",
       .display_name = "\xff",
       .plans = tiny::Plans({"", "no plan"}),
       .overage_units = -1},
      {R{"MALFORMED sku_id", [](auto& c) { c.row.id = SkuId("new"); }},
       R{"MALFORMED part_number", [](auto& c) { c.row.part_number = ""; }},
       R{"MALFORMED display_name", [](auto& c) { c.row.display_name = ""; }},
       R{"MALFORMED plan_id", [](auto& c) { c.row.plans = tiny::Plans({"no plan", "mail"}); }},
       R{"OUT_OF_RANGE overage_units", [](auto& c) { c.row.overage_units = kUnlimited; }},
       Once<Sku>(), R{"MISSING_REFERENCE plan_id", [](auto& c) { c.row.plans.clear(); }},
       R{"TOO_MANY", [](auto& c) { c.row.id = SkuId("e3"); }}});
}

TEST(ChangeCheckerTest, LadderOfAConflict) {
  using R = Rung<PlanConflict>;
  Climb<PlanConflict>(
      {PlanId(""), PlanId("")},
      {R{"MALFORMED plan_id", [](auto& c) { c.row = tiny::Conflict("mail", ""); }},
       R{"MALFORMED plan_id", [](auto& c) { c.row = tiny::Conflict("zero", "zero"); }},
       R{"PLAN_CONFLICTS_WITH_ITSELF conflicts_with_plan_id",
         [](auto& c) { c.row.a = PlanId("one"); }},
       Once<PlanConflict>(),
       R{"MISSING_REFERENCE plan_id", [](auto& c) { c.row.a = PlanId("mail"); }},
       R{"MISSING_REFERENCE plan_id", [](auto& c) { c.row.b = PlanId("docs"); }},
       R{"TOO_MANY", [](auto& c) { c.row.b = PlanId("kiosk"); }}});
}

TEST(ChangeCheckerTest, LadderOfARequirement) {
  using R = Rung<PlanRequirement>;
  Climb<PlanRequirement>(
      {PlanId("a;"), tiny::Plans({"b;"})},
      {R{"MALFORMED plan_id", [](auto& c) { c.row.plan = PlanId("new"); }},
       R{"MALFORMED requires_any_of", [](auto& c) { c.row.any_of.clear(); }},
       R{"NOTHING_REQUIRED requires_any_of", [](auto& c) { c.row.any_of = tiny::Plans({"no"}); }},
       Once<PlanRequirement>(),
       R{"MISSING_REFERENCE plan_id", [](auto& c) { c.row.plan = PlanId("mail"); }},
       R{"MISSING_REFERENCE requires_any_of",
         [](auto& c) { c.row.any_of = tiny::Plans({"docs"}); }},
       R{"TOO_MANY", [](auto& c) { c.row.any_of = tiny::Plans({"docs", "fabric"}); }}});
}

TEST(ChangeCheckerTest, LadderOfAProhibition) {
  using R = Rung<PlanProhibition>;
  Climb<PlanProhibition>(
      {PlanId("a;"), Location()},
      {R{"MALFORMED plan_id", [](auto& c) { c.row.plan = PlanId("new"); }},
       R{"MALFORMED location", [](auto& c) { c.row.location = *Location::Parse("DE"); }},
       Once<PlanProhibition>(),
       R{"MISSING_REFERENCE plan_id", [](auto& c) { c.row.plan = PlanId("mail"); }},
       R{"TOO_MANY", [](auto& c) { c.row = tiny::Prohibition("mail", "KP"); }}});
}

TEST(ChangeCheckerTest, LadderOfASubscription) {
  using R = Rung<Subscription>;
  Climb<Subscription>(
      {.id = SubscriptionId(""),
       .sku = SkuId(""),
       .units = -1,
       .status = static_cast<SubscriptionStatus>(5),
       .currency = "eur",
       .renews_at = kTooLate},
      {R{"MALFORMED subscription_id", [](auto& c) { c.row.id = SubscriptionId("new"); }},
       R{"MALFORMED sku_id", [](auto& c) { c.row.sku = SkuId("no sku"); }},
       R{"OUT_OF_RANGE units", [](auto& c) { c.row.units = 0; }},
       R{"OUT_OF_RANGE status", [](auto& c) { c.row.status = {}; }},
       R{"MALFORMED currency", [](auto& c) { c.row.currency = "EUR"; }},
       R{"OUT_OF_RANGE renews_at", [](auto& c) { c.row.renews_at = kMaxTime; }},
       Once<Subscription>(),
       R{"MISSING_REFERENCE sku_id", [](auto& c) { c.row.sku = SkuId("e3"); }},
       R{"TOO_MANY", [](auto& c) { c.row.id = SubscriptionId("s1"); }}});
}

TEST(ChangeCheckerTest, LadderOfAUser) {
  using R = Rung<User>;
  Climb<User>({.id = UserId("\n"),
               .user_principal_name = "\xff",
               .display_name = "\xff",
               .user_type = static_cast<UserType>(2),
               .created_at = kTooLate,
               .proxy_addresses = {"a;b"},
               .attributes = {{"", ""}}},
              {R{"MALFORMED user_id", [](auto& c) { c.row.id = UserId("leaver"); }},
               R{"MALFORMED user_principal_name", [](auto& c) { c.row.user_principal_name = ""; }},
               R{"MALFORMED display_name", [](auto& c) { c.row.display_name = ""; }},
               R{"OUT_OF_RANGE user_type", [](auto& c) { c.row.user_type = {}; }},
               R{"OUT_OF_RANGE created_at", [](auto& c) { c.row.created_at = kMaxTime; }},
               R{"MALFORMED proxy_addresses", [](auto& c) { c.row.proxy_addresses = {"a", "b"}; }},
               R{"MALFORMED attributes", [](auto& c) { c.row.attributes.clear(); }},
               R{"REPEATED_KEY", [](auto& c) { c.row.id = UserId("new"); }}, Once<User>(),
               R{"TOO_MANY", [](auto& c) { c.row.id = UserId("ana"); }}});
}

TEST(ChangeCheckerTest, LadderOfAGroup) {
  using R = Rung<Group>;
  Climb<Group>({.id = GroupId(""), .display_name = "\xff", .membership_rule = "\xff"},
               {R{"MALFORMED group_id", [](auto& c) { c.row.id = GroupId("new"); }},
                R{"MALFORMED display_name", [](auto& c) { c.row.display_name = ""; }},
                R{"MALFORMED membership_rule", [](auto& c) { c.row.membership_rule = ""; }},
                Once<Group>(), R{"TOO_MANY", [](auto& c) { c.row.id = GroupId("staff"); }}});
}

TEST(ChangeCheckerTest, LadderOfAMembership) {
  using R = Rung<Membership>;
  Climb<Membership>(
      {.group = GroupId(""), .member = AUser(""), .added_at = kTooLate},
      {R{"MALFORMED group_id", [](auto& c) { c.row.group = GroupId("no group"); }},
       R{"MALFORMED member_id", [](auto& c) { c.row.member = AUser("no user"); }},
       R{"OUT_OF_RANGE added_at", [](auto& c) { c.row.added_at = kMinTime; }}, Once<Membership>(),
       R{"MISSING_REFERENCE group_id", [](auto& c) { c.row.group = GroupId("going"); }},
       R{"MISSING_REFERENCE group_id", [](auto& c) { c.row.group = GroupId("staff"); }},
       R{"MISSING_REFERENCE member_id", [](auto& c) { c.row.member = AUser("leaver"); }},
       R{"MISSING_REFERENCE member_id", [](auto& c) { c.row.member = AGroup("ana"); }},
       R{"MISSING_REFERENCE member_id", [](auto& c) { c.row.member = AUser("bob"); }},
       R{"TOO_MANY", [](auto& c) { c.row.member = AUser("ana"); }}});
}

TEST(ChangeCheckerTest, LadderOfAnAssignment) {
  using R = Rung<Assignment>;
  Climb<Assignment>(
      {.principal = AUser(""),
       .sku = SkuId(""),
       .disabled_plans = tiny::Plans({"", "no plan"}),
       .assigned_at = kTooLate},
      {R{"MALFORMED principal_id", [](auto& c) { c.row.principal = AUser("no user"); }},
       R{"MALFORMED sku_id", [](auto& c) { c.row.sku = SkuId("no sku"); }},
       R{"MALFORMED disabled_plans",
         [](auto& c) { c.row.disabled_plans = tiny::Plans({"no plan"}); }},
       R{"OUT_OF_RANGE assigned_at", [](auto& c) { c.row.assigned_at = kMaxTime; }},
       Once<Assignment>(),
       R{"MISSING_REFERENCE principal_id", [](auto& c) { c.row.principal = AGroup("going"); }},
       R{"MISSING_REFERENCE principal_id", [](auto& c) { c.row.principal = AGroup("staff"); }},
       R{"MISSING_REFERENCE sku_id", [](auto& c) { c.row.sku = SkuId("e1"); }},
       R{"MISSING_REFERENCE disabled_plans",
         [](auto& c) { c.row.disabled_plans = tiny::Plans({"mail"}); }},
       R{"TOO_MANY", [](auto& c) { c.row.sku = SkuId("e3"); }}});
}

TEST(ChangeCheckerTest, LadderOfAnObservedLicense) {
  using R = Rung<Observed>;
  Climb<Observed>(
      {.user = UserId(""), .sku = SkuId(""), .disabled_plans = tiny::Plans({""})},
      {R{"MALFORMED user_id", [](auto& c) { c.row.user = UserId("never seen"); }},
       R{"MALFORMED sku_id", [](auto& c) { c.row.sku = SkuId("never sold"); }},
       R{"MALFORMED disabled_plans", [](auto& c) { c.row.disabled_plans = tiny::Plans({"no"}); }},
       Once<Observed>(), R{"TOO_MANY", [](auto& c) { c.row = tiny::Seen("gone", "e3"); }}});
}

// For deletions a row is a set, of which the last change is looked at.
struct DeletionRung {
  const char* errors;
  std::vector<Change> changes;
};

void ExpectRungs(const std::vector<DeletionRung>& rungs) {
  for (const DeletionRung& rung : rungs) {
    std::string errors;
    for (const std::string& error : LastErrors({rung.changes})) {
      absl::StrAppend(&errors, errors.empty() ? "" : ", ", error);
    }
    EXPECT_EQ(errors, rung.errors);
  }
}

TEST(ChangeCheckerTest, LadderOfDeletingSettings) {
  ExpectRungs({{"SETTINGS_REQUIRED, REPEATED_KEY",
                {Delete{TenantSettingsKey()}, Delete{TenantSettingsKey(), true}}},
               {"SETTINGS_REQUIRED", {Delete{TenantSettingsKey(), true}}}});
}

TEST(ChangeCheckerTest, LadderOfDeletingAPlan) {
  const Delete mail{PlanId("mail")};
  const Put e3{tiny::Product("e3", {"docs"})};
  const Delete conflict{tiny::Conflict("mail", "kiosk")};
  const Delete requirement{tiny::Requirement("mail", {"docs", "fabric"})};
  const Delete prohibition{tiny::Prohibition("mail", "KP")};
  ExpectRungs(
      {{"MALFORMED plan_id, REPEATED_KEY", {Delete{PlanId(";")}, Delete{PlanId(";")}}},
       {"REPEATED_KEY", {mail, mail}},
       {"NOT_FOUND", {Delete{PlanId("no plan")}}},
       {"IN_USE cascade, IN_USE cascade, IN_USE cascade, IN_USE cascade", {mail}},
       {"IN_USE cascade, IN_USE cascade, IN_USE cascade", {e3, mail}},
       {"IN_USE cascade, IN_USE cascade", {e3, conflict, mail}},
       {"IN_USE cascade", {e3, conflict, requirement, mail}},
       {"", {e3, conflict, requirement, prohibition, mail}},
       {"", {Delete{PlanId("mail"), true}}},
       {"IN_USE cascade, IN_USE cascade, IN_USE cascade", {Delete{PlanId("docs")}}},
       {"IN_USE cascade, IN_USE cascade", {requirement, Delete{PlanId("docs")}}},
       {"IN_USE cascade", {Put{tiny::Product("e3", {})}, requirement, Delete{PlanId("docs")}}},
       {"",
        {Put{tiny::Product("e3", {})}, requirement, Put{tiny::Assigned(AGroup("staff"), "e3")},
         Delete{PlanId("docs")}}}});
}

TEST(ChangeCheckerTest, LadderOfDeletingASku) {
  const Delete e3{SkuId("e3")};
  const Put no_plans{tiny::Product("e1", {})};
  const Delete s1{SubscriptionId("s1")};
  const Delete e1{SkuId("e1")};
  ExpectRungs({{"MALFORMED sku_id, REPEATED_KEY", {Delete{SkuId("")}, Delete{SkuId("")}}},
               {"REPEATED_KEY", {e3, e3}},
               {"NOT_FOUND", {Delete{SkuId("no sku")}}},
               {"IN_USE cascade, IN_USE cascade, IN_USE cascade", {e1}},
               {"IN_USE cascade, IN_USE cascade", {s1, e1}},
               {"IN_USE cascade", {s1, Delete{AssignmentKey{UserId("bob"), SkuId("e1")}}, e1}},
               {"IN_USE cascade", {s1, Delete{UserId("bob")}, e1}},
               {"", {Delete{SkuId("e1"), true}}}});
}

TEST(ChangeCheckerTest, LadderOfDeletingAGroup) {
  const Delete staff{GroupId("staff")};
  ExpectRungs({{"MALFORMED group_id, REPEATED_KEY", {Delete{GroupId("")}, Delete{GroupId("")}}},
               {"REPEATED_KEY", {staff, staff}},
               {"NOT_FOUND", {Delete{GroupId("no group")}}},
               {"IN_USE cascade", {staff}},
               {"", {Delete{AssignmentKey{GroupId("staff"), SkuId("e3")}}, staff}},
               {"", {Delete{SkuId("e3"), true}, staff}},
               {"", {Delete{GroupId("staff"), true}}},
               {"", {Delete{GroupId("board")}}}});
}

TEST(ChangeCheckerTest, LadderOfDeletingWhatNothingStandsOn) {
  const std::vector<std::pair<FactKey, FactKey>> here_and_not = {
      {tiny::Conflict("mail", "kiosk"), tiny::Conflict("mail", "docs")},
      {tiny::Requirement("mail", {"docs", "fabric"}), tiny::Requirement("mail", {"docs"})},
      {tiny::Prohibition("mail", "KP"), tiny::Prohibition("mail", "DE")},
      {SubscriptionId("s1"), SubscriptionId("e1")},
      {UserId("bob"), UserId("staff")},
      {MembershipKey{GroupId("staff"), GroupId("board")},
       MembershipKey{GroupId("staff"), UserId("board")}},
      {AssignmentKey{UserId("bob"), SkuId("e1")}, AssignmentKey{UserId("bob"), SkuId("e3")}},
      {ObservedKey{UserId("gone"), SkuId("e3")}, ObservedKey{UserId("ana"), SkuId("e3")}}};
  for (const auto& [here, not_here] : here_and_not) {
    ExpectRungs({{"REPEATED_KEY", {Delete{here}, Delete{here}}},
                 {"NOT_FOUND", {Delete{not_here}}},
                 {"", {Delete{here}}}});
  }
}

TEST(ChangeCheckerTest, AllErrorsOfAChangeAreFound) {
  EXPECT_EQ(LastErrors({{Put{Membership{GroupId(""), AUser("no user"), kTooLate}},
                         Put{Membership{GroupId(""), AUser("no user"), kTooLate}}}}),
            (std::vector<std::string>{"MALFORMED group_id", "OUT_OF_RANGE added_at", "REPEATED_KEY",
                                      "MISSING_REFERENCE member_id"}));
}

}  // namespace
}  // namespace seatwise
