#include "cli/violation_text.h"

#include <gtest/gtest.h>

namespace seatwise::cli {
namespace {

using Lines = std::vector<std::string>;

// Ids are names.
Lines LinesOf(const Violation& violation) { return ViolationLines(violation, Names(Facts()), 12); }

TEST(ViolationTextTest, EachViolationNamesItsCause) {
  EXPECT_EQ(LinesOf(UsageLocationMissing()),
            Lines{"neither the user nor the tenant has a usage location"});
  EXPECT_EQ(LinesOf(ProhibitedInUsageLocation{{PlanId("CALLS")}, *Location::Parse("IN")}),
            Lines{"CALLS is prohibited in IN"});
  EXPECT_EQ(LinesOf(ProhibitedInUsageLocation{{PlanId("A"), PlanId("B")}, *Location::Parse("IN")}),
            Lines{"A and B are prohibited in IN"});
  EXPECT_EQ(LinesOf(Count{3}), Lines{"no seat is free: place 3 of 12 in the queue"});
}

TEST(ViolationTextTest, EveryAddressHasItsOwner) {
  EXPECT_EQ(LinesOf(Uniqueness{{PlanId("MAIL")},
                               {{"smtp:a@x", UserId("ana")}, {"smtp:b@x", UserId("bob")}}}),
            (Lines{"MAIL needs the address smtp:a@x, which belongs to ana",
                   "MAIL needs the address smtp:b@x, which belongs to bob"}));
}

TEST(ViolationTextTest, AnExclusionNamesAllSourcesOfTheOtherPlan) {
  const Exclusion exclusion{PlanId("MAIL"),
                            PlanId("KIOSK"),
                            {{SkuId("F3"), UserId("u")}, {SkuId("F3"), GroupId("stores")}}};
  EXPECT_EQ(LinesOf(MutuallyExclusive{{exclusion}}),
            Lines{"MAIL excludes KIOSK of F3 (directly) and F3 (stores)"});
}

TEST(ViolationTextTest, ARequirementNamesItsAlternatives) {
  EXPECT_EQ(LinesOf(Dependency{{{PlanId("AUDIO"), {PlanId("TEAMS")}},
                                {PlanId("AUDIO"), {PlanId("A"), PlanId("B")}}}}),
            (Lines{"AUDIO requires TEAMS, and nothing enables it",
                   "AUDIO requires A or B, and nothing enables either"}));
}

TEST(ViolationTextTest, OtherNamesWhatFailed) {
  EXPECT_EQ(LinesOf(Other{{{SkuId("E3"), {ViolationCode::kUniqueness, ViolationCode::kCount}}}}),
            Lines{"E3 of the same group failed: UniquenessViolation and CountViolation"});
}

}  // namespace
}  // namespace seatwise::cli
