#include "engine/plan/likely_location.h"

#include "engine/plan/plan_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

PlanTenant Live(const TenantBuilder& builder) {
  const Facts& facts = builder.facts;
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

Location In(const char* code) { return *Location::Parse(code); }

TEST(LikelyLocationTest, ColleaguesCountBeforeOthers) {
  TenantBuilder builder;
  builder.Users({"ana"}).UserIn("bob", "DE").UserIn("cy", "DE").UserIn("di", "FR");
  builder.UserIn("ed", "US").UserIn("fay", "US").UserIn("gus", "US").Groups({"g"});
  builder.Member("g", "ana").Member("g", "bob").Member("g", "cy").Member("g", "di");
  const PlanTenant tenant = Live(builder);
  EXPECT_THAT(LikelyLocations(*tenant.state, tenant.User("ana")), ElementsAre(In("DE"), In("FR")));
}

TEST(LikelyLocationTest, WithoutColleaguesEverybodyCounts) {
  TenantBuilder builder;
  builder.Users({"ana"}).UserIn("bob", "FR").UserIn("cy", "DE").UserIn("di", "FR");
  const PlanTenant tenant = Live(builder);
  EXPECT_THAT(LikelyLocations(*tenant.state, tenant.User("ana")), ElementsAre(In("FR"), In("DE")));
}

TEST(LikelyLocationTest, SomewhereIsBetterThanNowhere) {
  TenantBuilder builder;
  builder.Users({"ana"});
  const PlanTenant tenant = Live(builder);
  EXPECT_THAT(LikelyLocations(*tenant.state, tenant.User("ana")), ElementsAre(In("US")));
}

}  // namespace
}  // namespace seatwise
