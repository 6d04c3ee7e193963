#include "engine/model/reference.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "field: what is named".
std::vector<std::string> ReferencesOf(const Fact& fact) {
  std::vector<std::string> lines;
  ForEachReference(fact, [&](Link link, const FactKey& named) {
    EXPECT_EQ(NamingKind(link), KindOf(fact));
    lines.push_back(absl::StrCat(FieldOf(link), ": ", Describe(named)));
  });
  return lines;
}

TEST(ReferenceTest, FactsOfTheCatalogNamePlansAndSkus) {
  EXPECT_THAT(ReferencesOf(tiny::Product("s", {"b", "a"})),
              ElementsAre("plan_id: plan 'a'", "plan_id: plan 'b'"));
  EXPECT_THAT(ReferencesOf(tiny::Conflict("a", "b")),
              ElementsAre("plan_id: plan 'a'", "plan_id: plan 'b'"));
  EXPECT_THAT(
      ReferencesOf(tiny::Requirement("a", {"c", "b"})),
      ElementsAre("plan_id: plan 'a'", "requires_any_of: plan 'b'", "requires_any_of: plan 'c'"));
  EXPECT_THAT(ReferencesOf(tiny::Prohibition("a", "DE")), ElementsAre("plan_id: plan 'a'"));
  EXPECT_THAT(ReferencesOf(tiny::Units("x", "s", 1)), ElementsAre("sku_id: SKU 's'"));
}

TEST(ReferenceTest, MembershipsAndAssignmentsNameTheirPrincipalsByKind) {
  EXPECT_THAT(ReferencesOf(tiny::Member("g", tiny::AUser("u"))),
              ElementsAre("group_id: group 'g'", "member_id: user 'u'"));
  EXPECT_THAT(ReferencesOf(tiny::Member("g", tiny::AGroup("h"))),
              ElementsAre("group_id: group 'g'", "member_id: group 'h'"));
  EXPECT_THAT(
      ReferencesOf(tiny::Assigned(tiny::AGroup("g"), "s", {"a"})),
      ElementsAre("principal_id: group 'g'", "sku_id: SKU 's'", "disabled_plans: plan 'a'"));
}

TEST(ReferenceTest, WhatIsObservedNeedNotExist) {
  EXPECT_THAT(ReferencesOf(tiny::Seen("u", "s")), IsEmpty());
}

TEST(ReferenceTest, TheOthersNameNothing) {
  for (const Fact& fact :
       std::vector<Fact>{TenantSettings(), tiny::Plan("a"), tiny::Person("u"), tiny::Team("g")}) {
    EXPECT_THAT(ReferencesOf(fact), IsEmpty());
  }
}

TEST(ReferenceTest, AConflictOfAPlanWithItselfNamesItOnce) {
  EXPECT_THAT(ReferencesOf(tiny::Conflict("a", "a")), ElementsAre("plan_id: plan 'a'"));
}

}  // namespace
}  // namespace seatwise
