#include "engine/model/fact_form.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/time.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "REASON field problem".
template <typename Value>
std::vector<std::string> Flaws(const Value& value) {
  std::vector<std::string> lines;
  for (const FormFlaw& flaw : CheckForm(value)) {
    lines.push_back(absl::StrCat(ErrorName(flaw.reason), " ", flaw.field, " ", flaw.problem));
  }
  return lines;
}

TEST(FactFormTest, TheFactsOfATenantAreWellFormed) {
  const Facts facts = tiny::Tenant();
  EXPECT_THAT(Flaws(Fact(facts.settings)), IsEmpty());
  EXPECT_THAT(Flaws(Fact(facts.plans[0])), IsEmpty());
  EXPECT_THAT(Flaws(Fact(facts.skus[0])), IsEmpty());
  EXPECT_THAT(Flaws(Fact(facts.requirements[0])), IsEmpty());
  EXPECT_THAT(Flaws(Fact(facts.memberships[0])), IsEmpty());
  EXPECT_THAT(Flaws(Fact(facts.assignments[0])), IsEmpty());
  EXPECT_THAT(Flaws(Fact(facts.observed[0])), IsEmpty());
}

TEST(FactFormTest, EnumsHaveKnownValues) {
  EXPECT_THAT(Flaws(Fact(TenantSettings{.assignment_mode = static_cast<AssignmentMode>(2)})),
              ElementsAre("OUT_OF_RANGE assignment_mode has the unknown value 2"));
  EXPECT_THAT(Flaws(Fact(ServicePlan{.id = PlanId("p"), .applies_to = static_cast<AppliesTo>(9)})),
              ElementsAre("OUT_OF_RANGE applies_to has the unknown value 9"));
}

TEST(FactFormTest, UnlimitedOverageIsNotANumberOutOfRange) {
  Sku sku{.id = SkuId("s"), .overage_units = kUnlimited};
  EXPECT_THAT(Flaws(Fact(sku)), IsEmpty());
  sku.overage_units = kMaxUnits + 1;
  EXPECT_THAT(Flaws(Fact(sku)),
              ElementsAre("OUT_OF_RANGE overage_units is not between 0 and 1000000000000"));
}

TEST(FactFormTest, TimesLieInTheYearsOfFiles) {
  EXPECT_THAT(Flaws(Fact(tiny::Member("g", tiny::AUser("u"), kMinTime.micros))), IsEmpty());
  EXPECT_THAT(Flaws(Fact(tiny::Member("g", tiny::AUser("u"), kMaxTime.micros))), IsEmpty());
  EXPECT_THAT(Flaws(Fact(tiny::Member("g", tiny::AUser("u"), kMinTime.micros - 1))),
              ElementsAre("OUT_OF_RANGE added_at is not in the years 0001 to 9999"));
  EXPECT_THAT(Flaws(Fact(tiny::Member("g", tiny::AUser("u"), kMaxTime.micros + 1))),
              ElementsAre("OUT_OF_RANGE added_at is not in the years 0001 to 9999"));
}

TEST(FactFormTest, ASetReportsItsFirstBadElement) {
  EXPECT_THAT(Flaws(Fact(tiny::Product("s", {"a", "b;", "c;"}))),
              ElementsAre("MALFORMED plan_id holds 'b;', which contains ';'"));
  User user = tiny::Person("u");
  user.proxy_addresses = {"", "x"};
  user.attributes = {{"department", ""}, {"x", "\xff"}};
  EXPECT_THAT(Flaws(Fact(user)),
              ElementsAre("MALFORMED proxy_addresses holds '', which is empty",
                          "MALFORMED attributes holds 'department', which has an empty value; "
                          "leave the attribute out"));
  user.proxy_addresses = {};
  user.attributes = {{"", "x"}};
  EXPECT_THAT(Flaws(Fact(user)), ElementsAre("MALFORMED attributes holds '', which is no name"));
  user.attributes = {{"x", std::string("\0", 1)}};
  EXPECT_THAT(Flaws(Fact(user)),
              ElementsAre("MALFORMED attributes holds 'x', which contains a NUL byte"));
}

TEST(FactFormTest, RelationsMustSaySomething) {
  EXPECT_THAT(Flaws(Fact(tiny::Conflict("p", "p"))),
              ElementsAre("PLAN_CONFLICTS_WITH_ITSELF conflicts_with_plan_id is the plan itself; "
                          "name another"));
  EXPECT_THAT(Flaws(Fact(tiny::Requirement("p", {}))),
              ElementsAre("NOTHING_REQUIRED requires_any_of is empty; name at least one plan"));
  EXPECT_THAT(Flaws(Fact(tiny::Prohibition("p", ""))), ElementsAre("MALFORMED location is empty"));
}

TEST(FactFormTest, AFactFitsAMessage) {
  User user = tiny::Person("u");
  for (int i = 0; i < 48; ++i) {
    user.attributes[absl::StrCat("a", i + 10)] = std::string(kMaxTextBytes - 3, 'x');
  }
  EXPECT_THAT(Flaws(Fact(user)),
              ElementsAre("TOO_LARGE  has 3145729 bytes of ids and text; at most 3145728 are "
                          "allowed"));
  user.attributes["a10"].pop_back();
  EXPECT_THAT(Flaws(Fact(user)), IsEmpty());
}

TEST(FactFormTest, TheLargestSkuFits) {
  Sku sku{.id = SkuId("s")};
  for (size_t i = 0; i < kMaxPlans; ++i) {
    const std::string number = absl::StrCat(i);
    sku.plans.insert(PlanId(std::string(kMaxIdBytes - number.size(), 'x') + number));
  }
  EXPECT_EQ(sku.plans.size(), kMaxPlans);
  EXPECT_THAT(Flaws(Fact(sku)), IsEmpty());
}

TEST(FactFormTest, KeysAreCheckedLikeTheirFacts) {
  EXPECT_THAT(
      Flaws(FactKey(MembershipKey{GroupId(""), UserId("a\n")})),
      ElementsAre("MALFORMED group_id is empty", "MALFORMED member_id contains a line break"));
  EXPECT_THAT(Flaws(FactKey(AssignmentKey{GroupId("\xff"), SkuId("a;b")})),
              ElementsAre("MALFORMED principal_id is not UTF-8", "MALFORMED sku_id contains ';'"));
  EXPECT_THAT(Flaws(FactKey(ObservedKey{UserId(""), SkuId("s")})),
              ElementsAre("MALFORMED user_id is empty"));
  EXPECT_THAT(Flaws(FactKey(PlanId(""))), ElementsAre("MALFORMED plan_id is empty"));
  EXPECT_THAT(Flaws(FactKey(TenantSettingsKey())), IsEmpty());
}

}  // namespace
}  // namespace seatwise
