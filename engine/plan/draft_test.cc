#include "engine/plan/draft.h"

#include "engine/model/memory_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(DraftTest, WhatWasDecidedLastCounts) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Users({"ana"}).AssignUser("ana", "S");
  const MemoryFacts stored(tenant.facts);
  Draft draft(stored);
  const FactKey key = AssignmentKey{UserId("ana"), SkuId("S")};
  Assignment assignment = draft.Get<Assignment>(key)->value();
  EXPECT_FALSE(draft.Changes(key));
  draft.Add(Delete{key});
  EXPECT_EQ(draft.Get<Assignment>(key).value(), std::nullopt);
  assignment.priority = 7;
  draft.Add(Put{assignment});
  EXPECT_EQ(draft.Get<Assignment>(key)->value().priority, 7);
  EXPECT_TRUE(draft.Changes(key));
  EXPECT_EQ(draft.ToChangeSet(), ChangeSet{{Put{assignment}}});
}

}  // namespace
}  // namespace seatwise
