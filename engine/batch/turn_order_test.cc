#include "engine/batch/turn_order.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
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

// Few claims and many, of which some have equal keys.
TEST(TurnOrderTest, AnyNumberOfClaimsStandsInOrder) {  // C5
  std::mt19937 random(4);
  for (int claims = 1; claims <= 60; ++claims) {
    TenantBuilder tenant;
    tenant.Plans({"A"}).Users({"ana"});
    size_t direct = 0;
    for (int i = 0; i < claims; ++i) {
      const std::string sku = absl::StrCat("s", 10 + i), group = absl::StrCat("g", 10 + i);
      tenant.Sku(sku.c_str(), {"A"}, 9).Groups({group.c_str()});
      const int32_t priority = static_cast<int32_t>(random() % 2);
      const int64_t time = static_cast<int64_t>(random() % 3);
      if (random() % 4 == 0) {
        tenant.AssignUser("ana", sku.c_str(), {}, priority, time);
        ++direct;
      } else {
        tenant.Assign(group.c_str(), sku.c_str(), {}, priority, time);
        tenant.Member(group.c_str(), "ana", static_cast<int64_t>(random() % 3));
      }
    }
    const Turns turns = TurnsOf(tenant.facts);
    const auto rank = [&](uint32_t claim) {  // Direct claims are listed last.
      return (claim + direct) % turns.keys.size();
    };
    std::vector<uint32_t> want(turns.keys.size());
    std::iota(want.begin(), want.end(), 0);
    std::sort(want.begin(), want.end(), [&](uint32_t x, uint32_t y) {
      return turns.keys[x] != turns.keys[y] ? turns.keys[x] < turns.keys[y] : rank(x) < rank(y);
    });
    EXPECT_EQ(turns.order, want) << "seed 4, " << claims << " claims";
  }
}

}  // namespace
}  // namespace seatwise
