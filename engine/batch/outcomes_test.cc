#include "engine/batch/outcomes.h"

#include "engine/batch/pipeline_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

TenantBuilder Shortage() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 9).Groups({"g"});
  tenant.Assign("g", "S").Assign("g", "T").Users({"ana", "bob", "cid", "dan"});
  return tenant.Member("g", "ana", 1).Member("g", "bob", 2).Member("g", "cid", 3);
}

TEST(OutcomesTest, EqualUsersShareAnOutcome) {
  for (int threads : {1, 2, 7}) {
    const PipelineForTest run(Shortage().facts, threads);
    EXPECT_EQ(run.outcomes.size(), 3u);  // Served; waiting; without claims.
    EXPECT_NE(run.outcomes.of(0), run.outcomes.of(1));
    EXPECT_EQ(run.outcomes.of(1), run.outcomes.of(2));
    EXPECT_EQ(run.outcomes.population(run.outcomes.of(1)), 2);
  }
}

TEST(OutcomesTest, SeatsAreCounted) {  // O5, O6
  const PipelineForTest run(Shortage().facts, 2);
  EXPECT_THAT(run.outcomes.consumed(), ElementsAre(1, 3));
  EXPECT_THAT(run.outcomes.waiting(), ElementsAre(2, 0));
}

TEST(OutcomesTest, AUserWithTwoClaimsWaitsOnce) {  // O6
  TenantBuilder tenant = Shortage().Groups({"h"}).Assign("h", "S").Member("h", "cid", 4);
  EXPECT_THAT(PipelineForTest(tenant.facts, 1).outcomes.waiting(), ElementsAre(2, 0));
}

TEST(OutcomesTest, ItemsAndLicensesStandBySku) {
  const PipelineForTest run(Shortage().facts, 1);
  const OutcomeNo bob = run.outcomes.of(1);
  const ViolationMask count = 1 << static_cast<int>(ViolationCode::kCount);
  EXPECT_THAT(run.outcomes.items(bob), ElementsAre(count, 0));
  const auto licenses = run.outcomes.licenses(bob);
  ASSERT_EQ(licenses.size(), 2u);
  EXPECT_EQ(licenses[0].state, LicenseState::kError);
  EXPECT_EQ(licenses[1].state, LicenseState::kActive);
  EXPECT_TRUE(IsEmpty(run.outcomes.PlanSet(licenses[0].enabled_plans)));
  EXPECT_TRUE(Contains(run.outcomes.PlanSet(licenses[1].enabled_plans), PlanNo{1}));
}

}  // namespace
}  // namespace seatwise
