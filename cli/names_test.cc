#include "cli/names.h"

#include <gtest/gtest.h>

namespace seatwise::cli {
namespace {

Facts NamedFacts() {
  Facts facts;
  facts.skus = {{.id = SkuId("s1"), .part_number = "EMS", .display_name = "Mobility"},
                {.id = SkuId("s2"), .display_name = "Mobility"},
                {.id = SkuId("s3")}};
  facts.plans = {{.id = PlanId("p1"), .name = "TEAMS1", .display_name = "Teams"}};
  facts.groups = {{.id = GroupId("g1"),
                   .display_name = "Sa\x1b"
                                   "les"}};
  facts.users = {{.id = UserId("u1"), .user_principal_name = "ana@x", .display_name = "Ana"},
                 {.id = UserId("u2"), .user_principal_name = "bob@x"}};
  return facts;
}

TEST(NamesTest, TheBestNameThereIs) {
  const Names names(NamedFacts());
  EXPECT_EQ(names.Sku(SkuId("s1")), "EMS");
  EXPECT_EQ(names.Sku(SkuId("s2")), "Mobility");
  EXPECT_EQ(names.Sku(SkuId("s3")), "s3");
  EXPECT_EQ(names.Plan(PlanId("p1")), "TEAMS1");
  EXPECT_EQ(names.User(UserId("u1")), "Ana");
  EXPECT_EQ(names.User(UserId("u2")), "bob@x");
}

TEST(NamesTest, WhatDoesNotExistIsCalledByItsId) {
  EXPECT_EQ(Names(Facts()).Group(GroupId("gone")), "gone");
}

TEST(NamesTest, NamesArePrintable) {
  EXPECT_EQ(Names(NamedFacts()).Group(GroupId("g1")), "Sa\xEF\xBF\xBDles");
}

TEST(NamesTest, ASourceIsAGroupOrTheUserAlone) {
  const Names names(NamedFacts());
  EXPECT_EQ(names.Source(GroupId("g1")), "Sa\xEF\xBF\xBDles");
  EXPECT_EQ(names.Source(UserId("u1")), "directly");
}

}  // namespace
}  // namespace seatwise::cli
