#include "engine/batch/together.h"

#include <string>

#include "engine/batch/pipeline_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

// Two classes are answered for together: of g, and of h, where AUDIO needs CALLS. Users of k have
// a conflict and are asked one by one.
TEST(TogetherTest, OnlyClassesWithoutAnOrderAreAnswered) {
  TenantBuilder tenant;
  tenant.Plans({"A", "AUDIO", "CALLS", "B"}).Requires("AUDIO", {"CALLS"}).Conflict("A", "B");
  tenant.Sku("S", {"A"}, 9).Sku("T", {"AUDIO"}, 9).Sku("U", {"B"}, 9);
  tenant.Groups({"g", "h", "k"}).Assign("g", "S").Assign("h", "T").Assign("k", "U");
  tenant.Users({"ana", "bob", "cid"}).Member("g", "ana", 1).Member("h", "bob", 1);
  tenant.Member("g", "cid", 1).Member("k", "cid", 2);
  const PipelineForTest run(tenant.facts, 2);
  Together together(run.shapes, run.traits, run.classes, run.triage);
  ASSERT_EQ(together.parts(), 1);
  together.Answer(0);
  EXPECT_THAT(together.class_of, ElementsAre(0, 1));
  EXPECT_THAT(together.first_word, ElementsAre(0, 1, 2));
  EXPECT_THAT(together.granted, ElementsAre(1, 0));  // K5: nobody brings CALLS.
}

// What needs others is granted whatever stands before it: AUDIO of h (1) by CALLS of k (2), and
// DESK of g (0) by AUDIO. Bob has nobody with CALLS, so that only A of m (3) is left to him.
TEST(TogetherTest, NeedsAreMetByClaimsBeforeAndBehind) {  // K5, G2
  TenantBuilder tenant;
  tenant.Plans({"A", "AUDIO", "CALLS", "DESK"}).Requires("AUDIO", {"CALLS"});
  tenant.Requires("DESK", {"AUDIO"});
  tenant.Sku("D", {"DESK"}, 9).Sku("T", {"AUDIO"}, 9).Sku("U", {"CALLS"}, 9).Sku("V", {"A"}, 9);
  tenant.Groups({"g", "h", "k", "m"}).Assign("g", "D").Assign("h", "T").Assign("k", "U");
  tenant.Assign("m", "V").Users({"ana", "bob"});
  for (const char* group : {"g", "h", "k", "m"}) tenant.Member(group, "ana", 1);
  for (const char* group : {"g", "h", "m"}) tenant.Member(group, "bob", 1);
  const PipelineForTest run(tenant.facts, 2);
  Together together(run.shapes, run.traits, run.classes, run.triage);
  ASSERT_EQ(together.parts(), 1);
  together.Answer(0);
  EXPECT_THAT(together.granted, ElementsAre(0b1111, 0b100));
}

// As many outcomes as fit a part have their licenses, the rest does not.
TEST(TogetherTest, FullPartsHaveTheirLicenses) {
  constexpr const char* kGroups[] = {"a", "b", "c", "d", "e", "f", "g",
                                     "h", "i", "j", "k", "l", "m"};
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 99'999);
  for (const char* group : kGroups) tenant.Groups({group}).Assign(group, "S");
  for (int user = 0; user < 1 << 13; ++user) {  // Every set of groups is a class.
    const std::string id = "u" + std::to_string(10'000 + user);
    tenant.Users({id.c_str()});
    for (int i = 0; i < 13; ++i) {
      if ((user >> i & 1) != 0) tenant.Member(kGroups[i], id.c_str(), 1);
    }
  }
  tenant.Users({"v"}).Groups({"x"}).Assign("x", "S").Member("x", "v", 1);
  const PipelineForTest run(tenant.facts, 3);
  ASSERT_EQ(run.classes.size(), 8'193u);
  Together together(run.shapes, run.traits, run.classes, run.triage);
  ASSERT_EQ(together.parts(), 17);
  for (int part = 16; part >= 0; --part) together.Answer(part);
  EXPECT_THAT(together.licenses[0], testing::SizeIs(0));  // The class without groups.
  EXPECT_THAT(together.licenses[8'191], testing::SizeIs(1));
  EXPECT_EQ(together.granted[together.first_word[8'192]], 1u);  // Of the part that is not full.
  EXPECT_EQ(run.outcomes.size(), 8'193u);
  EXPECT_THAT(run.outcomes.licenses(8'192), testing::SizeIs(1));
}

}  // namespace
}  // namespace seatwise
