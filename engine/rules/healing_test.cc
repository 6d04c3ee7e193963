#include "engine/rules/healing.h"

#include <numeric>
#include <vector>

#include "engine/model/columns.h"
#include "engine/model/columns_from_facts.h"
#include "engine/rules/shapes.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Claims 0 to 3 for plans A to D: B needs A; C needs A or B; D needs A, and B or C.
class HealingTest : public ::testing::Test {
 protected:
  static Columns MakeColumns() {
    TenantBuilder tenant;
    tenant.Plans({"A", "B", "C", "D"}).Groups({"g"}).Requires("B", {"A"}).Requires("C", {"A", "B"});
    tenant.Requires("D", {"A"}).Requires("D", {"B", "C"});
    for (const char* plan : {"A", "B", "C", "D"}) tenant.Sku(plan, {plan}, 1).Assign("g", plan);
    return ColumnsFromFacts(tenant.facts);
  }

  void Load(const std::vector<uint32_t>& order) {
    const std::vector<ShapeNo> claims = {0, 1, 2, 3};
    healing_.Load(shapes_, claims, order);
  }
  // The turns that the plan heals.
  std::vector<uint32_t> Enable(PlanNo plan) {
    std::vector<uint32_t> healed;
    healing_.Enable(plan, [&](uint32_t turn) { healed.push_back(turn); });
    return healed;
  }

  const Columns columns_ = MakeColumns();
  const ShapeTable shapes_{columns_};
  Healing healing_;
};

TEST_F(HealingTest, AClaimWithoutNeedsLacksNothing) {
  Load({0, 1, 2, 3});
  EXPECT_FALSE(healing_.Lacks(0));
  for (size_t turn = 1; turn < 4; ++turn) EXPECT_TRUE(healing_.Lacks(turn)) << turn;
}

TEST_F(HealingTest, APlanHealsWhoeverLacksNothingElse) {  // K5
  Load({0, 1, 2, 3});
  EXPECT_THAT(Enable(0), ElementsAre(1, 2));
  EXPECT_TRUE(healing_.Lacks(3));
  EXPECT_THAT(Enable(1), ElementsAre(3));
  EXPECT_FALSE(healing_.Lacks(3));
}

TEST_F(HealingTest, WhatIsMetTwiceCountsOnce) {
  Load({0, 1, 2, 3});
  EXPECT_THAT(Enable(1), ElementsAre(2));  // Of D the second need is met.
  EXPECT_THAT(Enable(2), IsEmpty());       // It is met already, and the first is not.
  EXPECT_THAT(Enable(0), ElementsAre(1, 3));
}

TEST_F(HealingTest, PlansThatNobodyNeedsHealNothing) {
  Load({0, 1, 2, 3});
  EXPECT_THAT(Enable(3), IsEmpty());
}

TEST_F(HealingTest, TurnsAreThoseOfTheOrder) {
  Load({3, 1, 0, 2});
  EXPECT_TRUE(healing_.Lacks(0));
  EXPECT_FALSE(healing_.Lacks(2));
  EXPECT_THAT(Enable(0), ElementsAre(1, 3));
}

TEST_F(HealingTest, LoadForgetsTheUserBefore) {
  Load({0, 1, 2, 3});
  Enable(0);
  Load({0, 1, 2, 3});
  EXPECT_TRUE(healing_.Lacks(1));
}

}  // namespace
}  // namespace seatwise
