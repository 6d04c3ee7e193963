#include "engine/rules/license_maker.h"

#include <numeric>

#include "engine/model/columns_from_facts.h"
#include "engine/rules/shapes.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// The license for the only SKU of two groups that assign it with parts of its plans disabled, where
// the claims of `granted` are granted.
std::pair<LicenseState, PlanIdSet> Make(uint64_t granted, TenantBuilder::Names disabled_by_g,
                                        TenantBuilder::Names disabled_by_h,
                                        SubscriptionStatus status = SubscriptionStatus::kEnabled) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A", "B"}, 5, status).Groups({"g", "h"});
  tenant.Assign("g", "S", disabled_by_g).Assign("h", "S", disabled_by_h);
  const Columns columns = ColumnsFromFacts(tenant.facts);
  const ShapeTable shapes(columns);
  LicenseMaker maker(shapes);
  const std::vector<ShapeNo> claims = {0, 1};
  const auto drafts = maker.Make(claims, absl::MakeConstSpan(&granted, 1));
  EXPECT_EQ(drafts.size(), 1u);
  const PlanBits plans = drafts[0].is_union ? maker.unions()[drafts[0].enabled_plans]
                                            : columns.plan_sets[drafts[0].enabled_plans];
  const bool off = columns.catalog.supply(drafts[0].sku).off();
  return {StateOf(drafts[0].held, drafts[0].rejected, off), columns.catalog.IdsOf(plans)};
}

const PlanIdSet kNone, kA = {PlanId("A")}, kBoth = {PlanId("A"), PlanId("B")};

TEST(LicenseMakerTest, GrantedPlansAddUp) {  // O3
  EXPECT_EQ(Make(3, {"B"}, {"A"}), std::pair(LicenseState::kActive, kBoth));
  EXPECT_EQ(Make(3, {"B"}, {"B"}), std::pair(LicenseState::kActive, kA));
}

TEST(LicenseMakerTest, ARejectedClaimLeavesAnErrorAndNoPlans) {  // O2
  EXPECT_EQ(Make(1, {"B"}, {}), std::pair(LicenseState::kActiveWithError, kA));
  EXPECT_EQ(Make(2, {}, {"B"}), std::pair(LicenseState::kActiveWithError, kA));
  EXPECT_EQ(Make(0, {}, {}), std::pair(LicenseState::kError, kNone));
}

TEST(LicenseMakerTest, HeldWithoutPlansIsHeld) {
  EXPECT_EQ(Make(3, {"A", "B"}, {"A", "B"}), std::pair(LicenseState::kActive, kNone));
}

TEST(LicenseMakerTest, OffWinsOverErrors) {  // S4, O2
  EXPECT_EQ(Make(1, {}, {}, SubscriptionStatus::kSuspended),
            std::pair(LicenseState::kDisabled, kBoth));
  EXPECT_EQ(Make(0, {}, {}, SubscriptionStatus::kLockedOut),
            std::pair(LicenseState::kError, kNone));
}

}  // namespace
}  // namespace seatwise
