#include "engine/model/fact_limits.h"

#include <string>

#include "absl/status/status.h"
#include "engine/model/change.h"
#include "engine/model/change_index.h"
#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "engine/model/memory_facts.h"
#include "engine/model/odd_views.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// With a tenant that has all that it may have: the change that puts a plan too many.
std::optional<size_t> PlanOverflow(const ChangeSet& changes) {
  const FullFacts full(tiny::Tenant());
  const auto overflows = FindOverflows(changes, ChangeIndex(changes), full);
  EXPECT_TRUE(overflows.ok());
  return (*overflows)[static_cast<size_t>(FactKind::kServicePlan)];
}

TEST(FactLimitsTest, ANewFactMoreDoesNotFit) {
  EXPECT_EQ(PlanOverflow({{Put{tiny::Plan("new")}}}), 0u);
  EXPECT_EQ(PlanOverflow({{Put{tiny::Plan("mail")}, Put{tiny::Plan("new")}}}), 1u);
}

TEST(FactLimitsTest, ReplacingAndRepeatingTakesNoRoom) {
  EXPECT_EQ(PlanOverflow({{Put{tiny::Plan("mail")}, Put{tiny::Plan("docs")}}}), std::nullopt);
  EXPECT_EQ(
      PlanOverflow({{Delete{PlanId("docs")}, Put{tiny::Plan("new")}, Put{tiny::Plan("new")}}}),
      std::nullopt);
}

TEST(FactLimitsTest, DeletionsMakeRoomWhereverTheyStand) {
  EXPECT_EQ(PlanOverflow({{Put{tiny::Plan("new")}, Delete{PlanId("docs")}}}), std::nullopt);
  EXPECT_EQ(
      PlanOverflow({{Put{tiny::Plan("new")}, Delete{PlanId("docs")}, Put{tiny::Plan("two")}}}), 2u);
  EXPECT_EQ(PlanOverflow({{Put{tiny::Plan("new")}, Delete{PlanId("not there")}}}), 0u);
}

TEST(FactLimitsTest, KindsAreCountedApart) {
  EXPECT_EQ(PlanOverflow({{Put{tiny::Person("new")}, Delete{SkuId("e1")}}}), std::nullopt);
  EXPECT_EQ(PlanOverflow({{Put{TenantSettings()}}}), std::nullopt);
}

TEST(FactLimitsTest, ThereIsALimitForEachKind) {
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    EXPECT_GE(MaxFacts(static_cast<FactKind>(kind)), kMaxSkus);
  }
  EXPECT_EQ(MaxFacts(FactKind::kMembership), kMaxMemberships);
}

TEST(FactLimitsTest, TheLastPlanFitsAndTheNextDoesNot) {
  Facts facts;
  for (size_t i = 1; i < kMaxPlans; ++i) facts.plans.push_back(tiny::Plan(std::to_string(i)));
  const MemoryFacts stored(facts);
  const ChangeSet two = {{Put{tiny::Plan("last")}, Put{tiny::Plan("next")}}};
  const auto overflows = FindOverflows(two, ChangeIndex(two), stored);
  EXPECT_EQ((*overflows)[static_cast<size_t>(FactKind::kServicePlan)], 1u);
}

TEST(FactLimitsTest, FailsIfTheViewDoes) {
  const BrokenFacts broken;
  const ChangeSet changes = {{Put{tiny::Plan("new")}}};
  EXPECT_EQ(FindOverflows(changes, ChangeIndex(changes), broken).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace seatwise
