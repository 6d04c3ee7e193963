#include "engine/model/touched_facts.h"

#include <string>
#include <vector>

#include "engine/model/bounded_reader.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/memory_facts.h"
#include "engine/model/overlay_facts.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TouchedFacts Touched(const ChangeSet& changes) {
  const MemoryFacts stored(tiny::Tenant());
  const auto result = Validate(changes, stored);
  EXPECT_TRUE(result.ok() && result->changes);
  const OverlayFacts after(stored, *result->changes);
  BoundedReader reader(after, 1000);
  const auto change_of = [&](const FactKey& key) {
    for (size_t i = 0; i < changes.changes.size(); ++i) {
      if (KeyOf(changes.changes[i]) == key) return i;
    }
    return changes.changes.size();  // Follows from something.
  };
  return *FindTouchedFacts(*result->changes, stored, reader, change_of);
}

TEST(TouchedFactsTest, APlanTouchesItsSkusAndRequirements) {
  EXPECT_THAT(Touched({{Put{tiny::Plan("docs", AppliesTo::kCompany)}}}),
              ElementsAre(Pair(FactKey(SkuId("e3")), 0),
                          Pair(FactKey(tiny::Requirement("mail", {"docs", "fabric"})), 0)));
}

TEST(TouchedFactsTest, AConflictTouchesSkusWithBothPlans) {
  EXPECT_THAT(Touched({{Put{tiny::Conflict("mail", "docs")}}}),
              ElementsAre(Pair(FactKey(SkuId("e3")), 0)));
  EXPECT_THAT(Touched({{Put{tiny::Conflict("docs", "kiosk")}}}), IsEmpty());
}

TEST(TouchedFactsTest, ASubscriptionTouchesItsSkuAndTheOneBefore) {
  EXPECT_THAT(Touched({{Put{tiny::Units("s1", "e3", 1)}}}),
              ElementsAre(Pair(FactKey(SkuId("e1")), 0), Pair(FactKey(SkuId("e3")), 0)));
  EXPECT_THAT(Touched({{Delete{SubscriptionId("s1")}}}),
              ElementsAre(Pair(FactKey(SkuId("e1")), 0)));
}

TEST(TouchedFactsTest, AnAssignmentTouchesItsSkuAndGroup) {
  EXPECT_THAT(Touched({{Put{tiny::Assigned(tiny::AGroup("board"), "e1")}}}),
              ElementsAre(Pair(FactKey(SkuId("e1")), 0), Pair(FactKey(GroupId("board")), 0),
                          Pair(FactKey(AssignmentKey{GroupId("board"), SkuId("e1")}), 0)));
  EXPECT_THAT(Touched({{Delete{AssignmentKey{UserId("bob"), SkuId("e1")}}}}), IsEmpty());
}

TEST(TouchedFactsTest, OfMembershipsNestingsAndDeletionsTouch) {
  EXPECT_THAT(Touched({{Put{tiny::Member("board", tiny::AGroup("staff"))},
                        Put{tiny::Member("board", tiny::AUser("ana"))},
                        Delete{MembershipKey{GroupId("staff"), UserId("ana")}}}}),
              ElementsAre(Pair(FactKey(GroupId("staff")), 2),
                          Pair(FactKey(MembershipKey{GroupId("board"), GroupId("staff")}), 0)));
}

TEST(TouchedFactsTest, TheFirstChangeThatTouchesIsNamed) {
  EXPECT_THAT(Touched({{Put{tiny::Units("s9", "e3", 1)}, Put{tiny::Product("e3", {})}}}),
              ElementsAre(Pair(FactKey(SkuId("e3")), 0)));
}

TEST(TouchedFactsTest, WhatFollowsFromADeletionTouchesToo) {
  EXPECT_THAT(Touched({{Delete{UserId("bob")}}}), ElementsAre(Pair(FactKey(GroupId("board")), 1)));
}

TEST(TouchedFactsTest, TheOthersTouchNothing) {
  EXPECT_THAT(Touched({{Put{TenantSettings()}, Put{tiny::Person("x")}, Put{tiny::Team("x")},
                        Put{tiny::Seen("x", "y")}, Put{tiny::Prohibition("mail", "DE")}}}),
              IsEmpty());
}

}  // namespace
}  // namespace seatwise
