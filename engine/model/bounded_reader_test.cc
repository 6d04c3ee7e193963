#include "engine/model/bounded_reader.h"

#include "absl/status/status.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/memory_facts.h"
#include "engine/model/odd_views.h"
#include "engine/model/reference.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

TEST(BoundedReaderTest, ReadsLikeTheView) {
  const MemoryFacts facts(tiny::Tenant());
  BoundedReader reader(facts, 100);
  EXPECT_EQ(*reader.Find<Sku>(SkuId("e1")), tiny::Product("e1", {"kiosk"}));
  EXPECT_EQ(*reader.Find<Sku>(SkuId("nothing")), std::nullopt);
  EXPECT_EQ(*reader.Any(GroupId("staff"), Link::kMembershipGroup), true);
  EXPECT_EQ(*reader.Any(GroupId("board"), Link::kAssignmentPrincipal), false);
  EXPECT_THAT(*reader.All(GroupId("staff"), Link::kMembershipGroup),
              ElementsAre(MembershipKey{GroupId("staff"), UserId("ana")},
                          MembershipKey{GroupId("staff"), GroupId("board")}));
  EXPECT_FALSE(reader.exhausted());
}

TEST(BoundedReaderTest, AStepIsAFactFoundOrVisited) {
  const MemoryFacts facts(tiny::Tenant());
  BoundedReader exact(facts, 3);
  EXPECT_TRUE(*exact.Find<Sku>(SkuId("e1")));
  EXPECT_EQ(exact.All(GroupId("staff"), Link::kMembershipGroup)->size(), 2u);
  EXPECT_FALSE(exact.exhausted());
  BoundedReader small(facts, 2);
  EXPECT_TRUE(*small.Find<Sku>(SkuId("e1")));
  EXPECT_EQ(small.All(GroupId("staff"), Link::kMembershipGroup)->size(), 1u);
  EXPECT_TRUE(small.exhausted());
  EXPECT_EQ(*small.Find<Sku>(SkuId("e1")), std::nullopt);
}

TEST(BoundedReaderTest, StoppingEarlyLeavesSteps) {
  const MemoryFacts facts(tiny::Tenant());
  BoundedReader reader(facts, 1);
  EXPECT_TRUE(*reader.Any(GroupId("staff"), Link::kMembershipGroup));
  EXPECT_FALSE(reader.exhausted());
}

TEST(BoundedReaderTest, FailsIfTheViewDoes) {
  const BrokenFacts broken;
  BoundedReader reader(broken, 100);
  EXPECT_EQ(reader.Find<Sku>(SkuId("e1")).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(reader.Any(GroupId("staff"), Link::kMembershipGroup).ok());
  EXPECT_FALSE(reader.All(GroupId("staff"), Link::kMembershipGroup).ok());
}

}  // namespace
}  // namespace seatwise
