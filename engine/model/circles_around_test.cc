#include "engine/model/circles_around.h"

#include <vector>

#include "engine/model/bounded_reader.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/memory_facts.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two circles of plans, a-b-c and x-y; d leads to the first.
Facts PlanCircles() {
  Facts facts;
  for (const char* plan : {"a", "b", "c", "d", "x", "y"}) facts.plans.push_back(tiny::Plan(plan));
  facts.requirements = {tiny::Requirement("a", {"b"}), tiny::Requirement("b", {"c"}),
                        tiny::Requirement("c", {"a"}), tiny::Requirement("d", {"a"}),
                        tiny::Requirement("x", {"y"}), tiny::Requirement("y", {"x"})};
  return facts;
}

std::vector<std::vector<PlanId>> PlanCirclesAround(const Facts& facts, const char* plan,
                                                   size_t steps = 1000) {
  const MemoryFacts stored(facts);
  BoundedReader reader(stored, steps);
  return *RequirementCirclesAround({PlanId(plan)}, reader);
}

TEST(CirclesAroundTest, RequirementsAreFollowedFromThePlan) {
  EXPECT_THAT(PlanCirclesAround(PlanCircles(), "b"),
              ElementsAre(ElementsAre(PlanId("a"), PlanId("b"), PlanId("c"))));
  EXPECT_THAT(PlanCirclesAround(PlanCircles(), "d"),
              ElementsAre(ElementsAre(PlanId("a"), PlanId("b"), PlanId("c"))));
  EXPECT_THAT(PlanCirclesAround(PlanCircles(), "y"),
              ElementsAre(ElementsAre(PlanId("x"), PlanId("y"))));
}

TEST(CirclesAroundTest, SkusAndCompanyPlansCountAsInTheWhole) {
  Facts facts = PlanCircles();
  facts.skus = {tiny::Product("s", {"x", "y", "d"})};
  EXPECT_THAT(PlanCirclesAround(facts, "y"), IsEmpty());
  facts.plans[1].applies_to = AppliesTo::kCompany;  // b: a is never granted, but in no circle.
  EXPECT_THAT(PlanCirclesAround(facts, "a"), IsEmpty());
}

TEST(CirclesAroundTest, TooFewStepsFindNothing) {
  EXPECT_THAT(PlanCirclesAround(PlanCircles(), "b", 5), IsEmpty());
}

std::vector<std::vector<GroupId>> GroupsAround(const Facts& facts, const char* outer,
                                               size_t steps = 1000) {
  const MemoryFacts stored(facts);
  BoundedReader reader(stored, steps);
  return *GroupCyclesAround({GroupId(outer)}, reader);
}

TEST(CirclesAroundTest, CyclesAreFoundAmongTheGroupsAround) {
  Facts facts;
  for (const char* group : {"a", "b", "c", "d"}) facts.groups.push_back(tiny::Team(group));
  facts.memberships = {tiny::Member("a", tiny::AGroup("b")), tiny::Member("b", tiny::AGroup("c"))};
  EXPECT_THAT(GroupsAround(facts, "c"), IsEmpty());
  facts.memberships.push_back(tiny::Member("c", tiny::AGroup("a")));
  facts.memberships.push_back(tiny::Member("d", tiny::AGroup("d")));
  EXPECT_THAT(GroupsAround(facts, "c"),
              ElementsAre(ElementsAre(GroupId("a"), GroupId("b"), GroupId("c"))));
  EXPECT_THAT(GroupsAround(facts, "d"), ElementsAre(ElementsAre(GroupId("d"))));
  EXPECT_THAT(GroupsAround(facts, "c", 2), IsEmpty());
}

}  // namespace
}  // namespace seatwise
