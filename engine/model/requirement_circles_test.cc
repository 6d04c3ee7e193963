#include "engine/model/requirement_circles.h"

#include <string>

#include "engine/model/facts.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Plans are letters; capitals are for companies.
PlanIdSet Plans(absl::string_view letters) {
  PlanIdSet plans;
  for (char letter : letters) plans.insert(PlanId(std::string(1, letter)));
  return plans;
}

struct Requires {
  char plan;
  absl::string_view any_of;
};

// The circles as strings of letters. `skus` are the plans of one SKU each.
std::vector<std::string> Circles(const std::vector<Requires>& requirements,
                                 const std::vector<absl::string_view>& skus = {}) {
  Facts facts;
  for (const PlanId& id : Plans("ABabcdefg")) {
    const bool company = id.value()[0] < 'a';
    facts.plans.push_back(
        {.id = id, .applies_to = company ? AppliesTo::kCompany : AppliesTo::kUser});
  }
  for (const auto& [plan, any_of] : requirements) {
    facts.requirements.push_back({PlanId(std::string(1, plan)), Plans(any_of)});
  }
  for (absl::string_view plans : skus)
    facts.skus.push_back({.id = SkuId(plans), .plans = Plans(plans)});
  const Catalog catalog = Catalog::Build(facts);
  std::vector<std::string> circles;
  for (const std::vector<PlanNo>& circle : RequirementCircles(catalog)) {
    circles.emplace_back();
    for (PlanNo plan : circle) circles.back() += catalog.plan(plan).id.value();
  }
  return circles;
}

TEST(RequirementCirclesTest, ChainsThatStartSomewhereAreNone) {
  EXPECT_THAT(Circles({}), IsEmpty());
  EXPECT_THAT(Circles({{'a', "b"}, {'b', "c"}, {'d', "abc"}}), IsEmpty());
}

TEST(RequirementCirclesTest, PlansThatOnlyRequireEachOtherAreOne) {
  EXPECT_THAT(Circles({{'a', "b"}, {'b', "a"}}), ElementsAre("ab"));
  EXPECT_THAT(Circles({{'a', "b"}, {'b', "c"}, {'c', "a"}, {'d', "e"}, {'e', "d"}}),
              ElementsAre("abc", "de"));
}

TEST(RequirementCirclesTest, OnePlanOutsideThatHelpsBreaksIt) {
  EXPECT_THAT(Circles({{'a', "bc"}, {'b', "a"}}), IsEmpty());
  EXPECT_THAT(Circles({{'a', "b"}, {'a', "c"}, {'b', "a"}}), ElementsAre("ab"));
}

TEST(RequirementCirclesTest, APlanOfACompanyHelpsNobody) {
  EXPECT_THAT(Circles({{'a', "bA"}, {'b', "a"}}), ElementsAre("ab"));
  EXPECT_THAT(Circles({{'a', "A"}}), IsEmpty());
  EXPECT_THAT(Circles({{'A', "B"}, {'B', "A"}}), IsEmpty());
}

TEST(RequirementCirclesTest, WhoOnlyWaitsForACircleIsNotInIt) {
  EXPECT_THAT(Circles({{'a', "b"}, {'b', "a"}, {'c', "a"}}), ElementsAre("ab"));
}

TEST(RequirementCirclesTest, ARequirementThatIsMetOtherwiseIsNoPartOfACircle) {
  // a never comes first because of A; b's wait for a is no circle, since a does not need b.
  EXPECT_THAT(Circles({{'a', "A"}, {'a', "bc"}, {'b', "a"}}), IsEmpty());
}

TEST(RequirementCirclesTest, APlanThatNamesItselfMeetsTheRequirement) {
  EXPECT_THAT(Circles({{'a', "a"}}), IsEmpty());
  EXPECT_THAT(Circles({{'a', "ab"}, {'b', "a"}}), IsEmpty());
}

TEST(RequirementCirclesTest, OneSkuWithTheWholeCircleBreaksIt) {
  const std::vector<Requires> circle = {{'a', "b"}, {'b', "c"}, {'c', "a"}};
  EXPECT_THAT(Circles(circle, {"ab", "bc"}), ElementsAre("abc"));
  EXPECT_THAT(Circles(circle, {"abcd"}), IsEmpty());
  EXPECT_THAT(Circles(circle, {"abcA"}), IsEmpty());
}

TEST(RequirementCirclesTest, AStuckPlanInTheSkuDoesNotStopTheOthers) {
  EXPECT_THAT(Circles({{'a', "b"}, {'b', "a"}, {'c', "d"}, {'d', "c"}}, {"abc"}),
              ElementsAre("cd"));
}

TEST(RequirementCirclesTest, WhatASkuBringsHelpsOnInOtherSkus) {
  // ab brings a and b; with a, de works as a whole; f follows e.
  EXPECT_THAT(Circles({{'a', "b"}, {'b', "a"}, {'d', "e"}, {'d', "a"}, {'e', "d"}, {'f', "e"}},
                      {"ab", "de"}),
              IsEmpty());
}

}  // namespace
}  // namespace seatwise
