#include "engine/model/shared_plan_ids.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

const PlanIdSet& AB() {
  static const PlanIdSet& plans = *new PlanIdSet({PlanId("a"), PlanId("b")});
  return plans;
}

TEST(SharedPlanIdsTest, ACopyRefersToTheSameSet) {
  const SharedPlanIds plans = AB();
  const SharedPlanIds copy = plans;
  EXPECT_EQ(&plans.get(), &copy.get());
  EXPECT_EQ(copy.get(), AB());
}

TEST(SharedPlanIdsTest, EqualSetsAreEqualWhoeverMadeThem) {
  EXPECT_EQ(SharedPlanIds(AB()), SharedPlanIds(AB()));
  EXPECT_EQ(SharedPlanIds(PlanIdSet()), SharedPlanIds());
  EXPECT_FALSE(SharedPlanIds(AB()) == SharedPlanIds());
}

TEST(SharedPlanIdsTest, TheirOrderIsThatOfTheSets) {
  const SharedPlanIds none, a = PlanIdSet{PlanId("a")}, ab = AB(), b = PlanIdSet{PlanId("b")};
  const SharedPlanIds ascending[] = {none, a, ab, b};
  for (size_t i = 0; i < 4; ++i) {
    for (size_t j = 0; j < 4; ++j) EXPECT_EQ(ascending[i] < ascending[j], i < j) << i << " " << j;
  }
}

TEST(SharedPlanIdsTest, TheEmptySetHasNothing) {
  const SharedPlanIds none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.size(), 0u);
  EXPECT_TRUE(none.begin() == none.end());
  EXPECT_EQ(SharedPlanIds(AB()).size(), 2u);
}

}  // namespace
}  // namespace seatwise
