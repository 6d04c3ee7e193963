#include "tests/golden/scenario.h"

#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/golden/expectations.h"

namespace seatwise::golden {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<Scenario> Parse(absl::string_view text) {
  const absl::StatusOr<std::vector<Scenario>> scenarios = ParseScenarios("x.txt", text);
  EXPECT_TRUE(scenarios.ok()) << scenarios.status();
  return scenarios.value_or(std::vector<Scenario>());
}

// The facts after the last step of a scenario with these lines.
Facts FactsOf(absl::string_view lines) {
  const std::vector<Scenario> scenarios =
      Parse(absl::StrCat("scenario K1 x\n", lines, "\nnothing changes\n"));
  return scenarios.empty() ? Facts() : scenarios.back().steps.back().facts;
}

// The message for a scenario that begins with these lines.
std::string ErrorOf(absl::string_view lines) {
  const absl::StatusOr<std::vector<Scenario>> scenarios =
      ParseScenarios("x.txt", absl::StrCat("scenario K1 x\n", lines, "\n"));
  EXPECT_EQ(scenarios.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(scenarios.status().message());
}

TEST(ScenarioTest, ATitleCitesRulesAndExamples) {
  const std::vector<Scenario> scenarios = Parse(
      "# a comment\n\nscenario K6 G3 the last seat\nnothing changes\n"
      "scenario example 4 K6 is told\nnothing changes\n");
  ASSERT_THAT(scenarios, SizeIs(2));
  EXPECT_THAT(scenarios[0].cites, ElementsAre("K6", "G3"));
  EXPECT_EQ(scenarios[0].title, "the last seat");
  EXPECT_EQ(scenarios[0].line, 3);
  EXPECT_THAT(scenarios[1].cites, ElementsAre("example 4", "K6"));
  EXPECT_EQ(scenarios[1].title, "is told");
}

TEST(ScenarioTest, CatalogFactsAreRead) {
  const Facts facts = FactsOf(
      "tenant atomic nested location=US retention=7\n"
      "plan MAIL company unique retains\n"
      "sku E3 plans=MAIL,DOCS overage=unlimited seats=5  sku E5 overage=3\n"
      "subscription s1 of E5 units=9 self_service locked_out\n"
      "conflict MAIL DOCS  require DOCS MAIL,DOCS  prohibit MAIL CN\n");
  EXPECT_EQ(facts.settings,
            (TenantSettings{AssignmentMode::kGroupAtomic, true, *Location::Parse("US"), 7}));
  const PlanId mail("MAIL");
  const PlanId docs("DOCS");
  EXPECT_THAT(facts.plans, ElementsAre(ServicePlan{mail, "", "", AppliesTo::kCompany, true, true},
                                       ServicePlan{docs, "", "", AppliesTo::kUser, false, false}));
  EXPECT_THAT(facts.skus, ElementsAre(Sku{SkuId("E3"), "", "", {docs, mail}, kUnlimited},
                                      Sku{SkuId("E5"), "", "", {}, 3}));
  ASSERT_THAT(facts.subscriptions, SizeIs(2));
  EXPECT_EQ(facts.subscriptions[0].units, 5);
  EXPECT_EQ(facts.subscriptions[0].status, SubscriptionStatus::kEnabled);
  EXPECT_EQ(facts.subscriptions[1].sku, SkuId("E5"));
  EXPECT_EQ(facts.subscriptions[1].status, SubscriptionStatus::kLockedOut);
  EXPECT_TRUE(facts.subscriptions[1].self_service);
  EXPECT_THAT(facts.conflicts, ElementsAre(PlanConflict{docs, mail}));
  EXPECT_THAT(facts.requirements, ElementsAre(PlanRequirement{docs, {docs, mail}}));
  EXPECT_THAT(facts.prohibitions, ElementsAre(PlanProhibition{mail, *Location::Parse("CN")}));
}

TEST(ScenarioTest, DirectoryFactsAreRead) {
  const Facts facts = FactsOf(
      "sku E3 plans=MAIL,DOCS  group staff -> E3 priority -5 without DOCS,MAIL @7  group inner\n"
      "user ana location=DE created=4 addresses=smtp:a@x,SMTP:b@x blocked guest\n"
      "bob -> E3 @2024-01-31  bob in staff @2024-01-31T00:00:00.5Z  group inner in staff @3\n"
      "observed zed E9 without X");
  ASSERT_THAT(facts.users, SizeIs(2));
  EXPECT_EQ(facts.users[0].usage_location.ToString(), "DE");
  EXPECT_EQ(facts.users[0].created_at, Time{4});
  EXPECT_THAT(facts.users[0].proxy_addresses, ElementsAre("SMTP:b@x", "smtp:a@x"));
  EXPECT_FALSE(facts.users[0].account_enabled);
  EXPECT_EQ(facts.users[0].user_type, UserType::kGuest);
  const Principal bob = UserId("bob");
  const GroupId staff("staff");
  const Time january = *ParseTime("2024-01-31T00:00:00Z");
  EXPECT_THAT(facts.assignments,
              ElementsAre(Assignment{staff, SkuId("E3"), {PlanId("DOCS"), PlanId("MAIL")}, -5, {7}},
                          Assignment{bob, SkuId("E3"), {}, 0, january}));
  EXPECT_THAT(facts.memberships, ElementsAre(Membership{staff, bob, {january.micros + 500'000}},
                                             Membership{staff, GroupId("inner"), {3}}));
  EXPECT_THAT(facts.observed, ElementsAre(Observed{UserId("zed"), SkuId("E9"), {PlanId("X")}}));
}

TEST(ScenarioTest, ChangesInARowAreOneStep) {
  const std::vector<Scenario> scenarios = Parse(
      "scenario K1 x\nsku E3  group g -> E3\n"
      "+ ana in g\n~ ana in g @5\n  E3 0/0\n"
      "+ bob in g  nothing changes\n"
      "- ana in g\n- bob in g\n- group g -> E3\n  nothing changes\n");
  ASSERT_THAT(scenarios, SizeIs(1));
  const std::vector<Step>& steps = scenarios[0].steps;
  ASSERT_THAT(steps, SizeIs(4));
  EXPECT_THAT(steps[0].facts.memberships, IsEmpty());
  EXPECT_THAT(steps[0].expectations, IsEmpty());
  EXPECT_THAT(steps[1].facts.memberships,
              ElementsAre(Membership{GroupId("g"), UserId("ana"), {5}}));
  EXPECT_EQ(steps[1].line, 3);
  EXPECT_EQ(steps[1].expectations[0].line, 5);
  EXPECT_THAT(steps[2].facts.memberships, SizeIs(2));
  EXPECT_THAT(steps[3].facts.assignments, IsEmpty());
}

TEST(ScenarioTest, AChangedSkuHasTheSeatsThatItsLineSays) {
  EXPECT_THAT(FactsOf("sku E3 seats=5\nE3 0/5\n~ sku E3 seats=6").subscriptions, SizeIs(1));
  EXPECT_THAT(FactsOf("sku E3 seats=5\nE3 0/5\n~ sku E3").subscriptions, IsEmpty());
  EXPECT_THAT(FactsOf("sku E3 seats=5\nE3 0/5\n- sku E3").subscriptions, IsEmpty());
}

TEST(ScenarioTest, WhatGoesWithADeletedUserOrGroupGoes) {
  const Facts facts = FactsOf(
      "sku E3  group g  group h  ana -> E3  ana in g  group h in g  group g in h  bob in h\n"
      "nothing changes\n- user ana\n- group g");
  EXPECT_THAT(facts.users, SizeIs(1));
  EXPECT_THAT(facts.assignments, IsEmpty());
  EXPECT_THAT(facts.memberships, ElementsAre(Membership{GroupId("h"), UserId("bob"), {}}));
}

TEST(ScenarioTest, ExpectationsAreRead) {
  const std::vector<Scenario> scenarios = Parse(
      "scenario K1 x\n"
      "ana: E5 ActiveWithError [MAIL] Count(place 1) by staff and \\\n"
      "     Dependency(MAIL needs X,Y) Other by direct,  # goes on\n"
      "     E3 Active\n"
      "E3 2/unlimited off waiting 1 overrun 2 parked 4\n"
      "group staff: 3 members, 2 licensed, 1 with errors\n");
  ASSERT_THAT(scenarios, SizeIs(1));
  const std::vector<Expectation>& stated = scenarios[0].steps[0].expectations;
  ASSERT_THAT(stated, SizeIs(3));
  const auto& ana = std::get<ExpectedUser>(stated[0].what);
  ASSERT_THAT(ana.licenses, SizeIs(2));
  EXPECT_EQ(ana.licenses[0].state, LicenseState::kActiveWithError);
  EXPECT_THAT(*ana.licenses[0].plans, ElementsAre(PlanId("MAIL")));
  ASSERT_THAT(ana.licenses[0].rejections, SizeIs(2));
  EXPECT_EQ(ana.licenses[0].rejections[0].source, "staff");
  EXPECT_EQ(ana.licenses[0].rejections[0].violations[0].details, "place 1");
  EXPECT_THAT(ana.licenses[0].rejections[1].violations, SizeIs(2));
  EXPECT_EQ(ana.licenses[0].rejections[1].violations[1].details, std::nullopt);
  const auto& seats = std::get<ExpectedSeats>(stated[1].what);
  EXPECT_EQ(seats.capacity, kUnlimited);
  EXPECT_TRUE(seats.off);
  EXPECT_EQ(seats.parked, 4);
  EXPECT_EQ(seats.usable, std::nullopt);
  EXPECT_EQ(std::get<ExpectedGroup>(stated[2].what).status->fully_licensed, 2);
}

// Each row: lines after the title, and the message without the file.
TEST(ScenarioTest, MistakesInFactsNameTheLine) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"sku", "2: 'sku': a SKU is missing at the end"},
      {"sku E3 seats=x", "2: 'sku E3 seats=x': 'x' is not a number from 0 to 1000000000000"},
      {"sku E3 seats=-1", "2: 'sku E3 seats=-1': '-1' is not a number from 0 to 1000000000000"},
      {"sku E3 colour=red", "2: 'sku E3 colour=red': 'colour=red' is not understood here"},
      {"\nsku E3\nsku E3", "4: 'sku E3': this exists already: ~ changes it"},
      {"sku E3\n- sku E5", "3: '- sku E5': this does not exist"},
      {"sku E3 plans=MAIL\n- plan MAIL", "3: '- plan MAIL': other facts name this plan"},
      {"sku E3  group g -> E3\n- group g", "3: '- group g': the group has assignments"},
      {"sku E3  group g -> E3\n- sku E3", "3: '- sku E3': assignments name this SKU"},
      {"group direct", "2: 'group direct': no group is named 'direct'"},
      {"ana in staff", "2: 'ana in staff': no group 'staff' so far"},
      {"ana -> E3", "2: 'ana -> E3': no SKU 'E3' so far"},
      {"ana likes E3", "2: 'ana likes E3': 'likes' is not understood here"},
      {"ana", "2: 'ana': '-> SKU' or 'in GROUP' is missing"},
      {"group g  ana in g @monday",
       "2: 'ana in g @monday': 'monday' is not a time: give microseconds, 2024-01-31 or "
       "2024-01-31T12:00:00Z"},
      {"sku E3  ana -> E3 priority 2147483648",
       "2: 'ana -> E3 priority 2147483648': '2147483648' is not a number from -2147483648 to "
       "2147483647"},
      {"sku E3  ana -> E3 without MAIL", "2: 'ana -> E3 without MAIL': no plan 'MAIL' so far"},
      {"prohibit MAIL CN", "2: 'prohibit MAIL CN': no plan 'MAIL' so far"},
      {"user ana location=usa", "2: 'user ana location=usa': 'usa' is not two letters A-Z"},
      {"subscription s of E3 units=1", "2: 'subscription s of E3 units=1': no SKU 'E3' so far"},
      {"sku E3  subscription s of E3 units=1 eternal",
       "2: 'subscription s of E3 units=1 eternal': no status: eternal"},
  };
  for (const auto& [lines, message] : mistakes) {
    EXPECT_EQ(ErrorOf(lines), absl::StrCat("x.txt:", message));
  }
}

TEST(ScenarioTest, MistakesInExpectationsNameTheLine) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"ana: E3", "2: 'ana: E3': E3: a state is missing at the end"},
      {"ana: E3 Happy",
       "2: 'ana: E3 Happy': E3 Happy: 'Happy' is not Active, ActiveWithError, Disabled or Error"},
      {"ana: E3 Error", "2: 'ana: E3 Error': E3 Error: an Error has a violation"},
      {"ana: E3 Error Counted",
       "2: 'ana: E3 Error Counted': E3 Error Counted: 'Counted' is not a violation"},
      {"ana: E3 Error Count and Count",
       "2: 'ana: E3 Error Count and Count': E3 Error Count and Count: of several claims, say 'by' "
       "whom each is"},
      {"ana: E3 Error Count by g and Count by g",
       "2: 'ana: E3 Error Count by g and Count by g': E3 Error Count by g and Count by g: two "
       "claims by 'g'"},
      {"ana:", "2: 'ana:': say 'nothing' of a user without licenses"},
      {"E3 1/many", "2: 'E3 1/many': 'many' is not a number from 0 to 9223372036854775807"},
      {"E3 1/1 lost 1", "2: 'E3 1/1 lost 1': 'lost' is not understood here"},
      {"group g: 3 members", "2: 'group g: 3 members': 'N members,' is missing"},
      {"ana uses", "2: 'ana uses': plans is missing at the end"},
      {"nothing happens", "2: 'nothing happens': 'nothing changes' is meant"},
  };
  for (const auto& [lines, message] : mistakes) {
    EXPECT_EQ(ErrorOf(lines), absl::StrCat("x.txt:", message));
  }
}

TEST(ScenarioTest, MistakesInTheOrderOfThingsNameTheLine) {
  EXPECT_EQ(ErrorOf(""),
            "x.txt:1: nothing is stated about this step; 'nothing changes' is something");
  EXPECT_EQ(ErrorOf("group g\n\n+ ana in g\n"),
            "x.txt:4: nothing is stated about this step; 'nothing changes' is something");
  EXPECT_EQ(ErrorOf("nothing changes\ngroup g"),
            "x.txt:3: 'group g': after the first facts, a change starts with + ~ or -");
  EXPECT_EQ(ErrorOf("nothing changes\nscenario the last seat"),
            "x.txt:3: a title starts with the rules or 'example N' that it is for");
  EXPECT_EQ(ErrorOf("nothing changes\nscenario K6"),
            "x.txt:3: the title says nothing but citations");
  EXPECT_EQ(ParseScenarios("x.txt", "\ngroup g").status().message(),
            "x.txt:2: the first line is 'scenario RULE title'");
  EXPECT_EQ(ParseScenarios("x.txt", "# only this").status().message(),
            "x.txt:1: no scenario in this file");
}

}  // namespace
}  // namespace seatwise::golden
