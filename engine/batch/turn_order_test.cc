#include "engine/batch/turn_order.h"

#include "engine/batch/classes.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

// What TurnOrder says about the first user.
struct Turns {
  std::vector<uint32_t> order;
  std::vector<QueueKey> keys;
};

Turns TurnsOf(const Facts& facts) {
  const Columns columns = ColumnsFromFacts(facts);
  const ShapeTable shapes(columns);
  InlineExecutor executor;
  const Nesting nesting(shapes, executor);
  const Classes classes = BuildClasses(shapes, TraitTable(columns.catalog), nesting, executor);
  const ClaimList list = classes.List(classes.class_of[0]);
  TurnOrder turns(shapes, nesting);
  turns.Load(0, list.shapes);
  Turns result{{turns.order().begin(), turns.order().end()}, {}};
  for (uint32_t claim = 0; claim < list.shapes.size(); ++claim) {
    result.keys.push_back(turns.key(claim));
  }
  return result;
}

TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Sku("T", {"A"}, 9).Groups({"g", "h"});
  return tenant.Users({"ana"});
}

TEST(TurnOrderTest, SinceIsTheLaterOfJoiningAndAssigning) {  // C3
  TenantBuilder tenant = Tenant().Assign("g", "S", {}, 4, 30).Assign("h", "S", {}, 0, 5);
  const Turns turns = TurnsOf(tenant.Member("g", "ana", 10).Member("h", "ana", 20).facts);
  EXPECT_EQ(turns.keys[0].priority, 4);
  EXPECT_EQ(turns.keys[0].since, Time{30});
  EXPECT_EQ(turns.keys[0].joined, Time{10});
  EXPECT_EQ(turns.keys[1].since, Time{20});
}

TEST(TurnOrderTest, PriorityThenSinceThenJoinedDecide) {  // C5
  TenantBuilder tenant = Tenant().Member("g", "ana", 10).Member("h", "ana", 20);
  tenant.Assign("g", "S", {}, 0, 30).Assign("h", "S", {}, 0, 30).Assign("h", "T", {}, 1, 99);
  EXPECT_THAT(TurnsOf(tenant.facts).order, ElementsAre(2, 0, 1));
}

TEST(TurnOrderTest, TiesGoToDirectThenGroupThenSku) {  // C5
  TenantBuilder tenant = Tenant().Member("g", "ana").Member("h", "ana");
  tenant.Assign("h", "T").Assign("h", "S").Assign("g", "T");
  tenant.AssignUser("ana", "T").AssignUser("ana", "S");
  EXPECT_THAT(TurnsOf(tenant.facts).order, ElementsAre(3, 4, 0, 1, 2));
}

TEST(TurnOrderTest, JoiningThroughNestingCountsTheEarliestWay) {  // M2
  TenantBuilder tenant = Tenant().Groups({"in"}).Assign("g", "S").Nested("g", "in", 15);
  tenant.Member("g", "ana", 40).Member("in", "ana", 10);
  EXPECT_EQ(TurnsOf(tenant.facts).keys[0].joined, Time{15});
}

TEST(TurnOrderTest, ExtremePrioritiesKeepTheirOrder) {
  TenantBuilder tenant = Tenant().Member("g", "ana");
  tenant.Assign("g", "S", {}, std::numeric_limits<int32_t>::min());
  tenant.Assign("g", "T", {}, std::numeric_limits<int32_t>::max());
  EXPECT_THAT(TurnsOf(tenant.facts).order, ElementsAre(1, 0));
}

}  // namespace
}  // namespace seatwise
