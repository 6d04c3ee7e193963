#include "engine/batch/nesting.h"

#include <limits>

#include "base/thread_pool.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Time kAlways{std::numeric_limits<int64_t>::min()};

TenantBuilder Licensed(TenantBuilder::Names groups) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Groups(groups);
  return tenant.Assign("a", "S");
}

// The carriers of `group`, with any number of threads.
std::vector<Carrier> CarriersOf(const Facts& facts, const char* group, int threads = 2) {
  const Columns columns = ColumnsFromFacts(facts);
  ThreadPool pool(threads);
  const Nesting nesting(ShapeTable(columns), pool);
  const auto carriers = nesting.Of(*columns.groups.Find(group));
  EXPECT_EQ(nesting.Carries(*columns.groups.Find(group)), !carriers.empty());
  return {carriers.begin(), carriers.end()};
}

TEST(NestingTest, WithoutNestingOnlyTheGroupItself) {  // M1
  TenantBuilder tenant = Licensed({"a", "b"}).Nested("a", "b", 5);
  tenant.facts.settings.nested_groups = false;
  EXPECT_THAT(CarriersOf(tenant.facts, "a"), ElementsAre(Carrier{0, kAlways}));
  EXPECT_THAT(CarriersOf(tenant.facts, "b"), IsEmpty());
}

TEST(NestingTest, AChainIsAsLateAsItsLatestEdge) {  // M2
  const TenantBuilder tenant = Licensed({"a", "b", "c"}).Nested("a", "b", 7).Nested("b", "c", 3);
  EXPECT_THAT(CarriersOf(tenant.facts, "b"), ElementsAre(Carrier{0, Time{7}}));
  EXPECT_THAT(CarriersOf(tenant.facts, "c"), ElementsAre(Carrier{0, Time{7}}));
}

TEST(NestingTest, OfSeveralChainsTheEarliestCounts) {
  TenantBuilder tenant = Licensed({"a", "b", "c"});
  tenant.Nested("a", "c", 9).Nested("a", "b", 4).Nested("b", "c", 2);
  EXPECT_THAT(CarriersOf(tenant.facts, "c"), ElementsAre(Carrier{0, Time{4}}));
}

TEST(NestingTest, CyclesKeepTheTimesOfTheirEdges) {
  TenantBuilder tenant = Licensed({"a", "b", "c"});
  tenant.Nested("a", "b", 5).Nested("b", "c", 8).Nested("c", "a", 1).Assign("c", "S");
  EXPECT_THAT(CarriersOf(tenant.facts, "a"), ElementsAre(Carrier{0, kAlways}, Carrier{2, Time{1}}));
  EXPECT_THAT(CarriersOf(tenant.facts, "b"), ElementsAre(Carrier{0, Time{5}}, Carrier{2, Time{5}}));
}

TEST(NestingTest, AGroupInItselfChangesNothing) {
  EXPECT_THAT(CarriersOf(Licensed({"a"}).Nested("a", "a", 5).facts, "a"),
              ElementsAre(Carrier{0, kAlways}));
}

}  // namespace
}  // namespace seatwise
