#include "engine/rules/shapes.h"

#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TenantBuilder TwoGroups() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C"}).Sku("S", {"A", "B"}, 9).Sku("T", {"C"}, 9);
  tenant.Users({"ana", "bob"}).Groups({"g", "h", "idle"}).Conflict("A", "B").Requires("C", {"A"});
  tenant.Assign("g", "T", {}, 3, 50).Assign("g", "S", {"B"}, 7, 90).Assign("h", "S", {}, -1, 10);
  return tenant;
}

std::vector<SkuNo> Skus(const ShapeTable& shapes, ShapeNo shape) {
  std::vector<SkuNo> skus;
  for (const ShapeItem& item : shapes.items(shape)) skus.push_back(item.sku);
  return skus;
}

TEST(ShapesTest, IndependentModeCutsAClaimForEachAssignment) {  // C3
  const Columns columns = ColumnsFromFacts(TwoGroups().facts);
  const ShapeTable shapes(columns);
  ASSERT_EQ(shapes.size(), 3u);
  EXPECT_EQ(shapes.GroupBegin(0), 0u);
  EXPECT_EQ(shapes.GroupEnd(0), 2u);
  EXPECT_THAT(Skus(shapes, 0), ElementsAre(0));
  EXPECT_THAT(Skus(shapes, 1), ElementsAre(1));
  EXPECT_EQ(shapes[0].priority, 7);
  EXPECT_EQ(shapes[1].assigned_at, Time{50});
  EXPECT_TRUE(shapes.IsLicensed(1));
  EXPECT_FALSE(shapes.IsLicensed(2));
}

TEST(ShapesTest, AtomicModeCutsOneForTheGroup) {  // C4
  const Columns columns = ColumnsFromFacts(TwoGroups().Atomic().facts);
  const ShapeTable shapes(columns);
  ASSERT_EQ(shapes.size(), 2u);
  EXPECT_THAT(Skus(shapes, 0), ElementsAre(0, 1));
  EXPECT_EQ(shapes[0].priority, 7);
  EXPECT_EQ(shapes[0].assigned_at, Time{50});
  EXPECT_FALSE(shapes[0].needs_others);  // C requires A, which S of the same claim brings.
}

TEST(ShapesTest, MarksSayWhatAClaimLacksByItself) {
  const Columns columns = ColumnsFromFacts(TwoGroups().facts);
  const ShapeTable shapes(columns);
  EXPECT_FALSE(shapes[0].conflicts_with_itself);  // B is disabled.
  EXPECT_TRUE(shapes[1].needs_others);            // C without A.
  EXPECT_TRUE(shapes[2].conflicts_with_itself);   // A and B together.
}

TEST(ShapesTest, ShapesKnowWhatConflictsAndWhatTheyNeed) {
  const Columns columns = ColumnsFromFacts(TwoGroups().facts);
  const ShapeTable shapes(columns);
  const auto ids = [&](PlanBits bonds) {
    PlanIdSet ids;
    ForEachPlan(bonds, [&](uint32_t bond) {
      ids.insert(columns.catalog.plan(shapes.plan_bonds().plans()[bond]).id);
    });
    return ids;
  };
  EXPECT_EQ(ids(shapes.bonds(0)), PlanIdSet{PlanId("A")});
  EXPECT_EQ(ids(shapes.conflicts(0)), PlanIdSet{PlanId("B")});  // Of A.
  EXPECT_THAT(shapes.conflicts(1), IsEmpty());
  EXPECT_EQ(ids(shapes.conflicts(2)), (PlanIdSet{PlanId("A"), PlanId("B")}));
  EXPECT_EQ(shapes.need_count(0), 0u);
  ASSERT_EQ(shapes.need_count(1), 1u);
  EXPECT_EQ(ids(shapes.need(1, 0)), PlanIdSet{PlanId("A")});
  EXPECT_EQ(shapes.need_count(2), 0u);
}

TEST(ShapesTest, EqualDirectAssignmentsShareAShape) {  // C2
  TenantBuilder tenant = TwoGroups();
  tenant.AssignUser("ana", "S", {}, 5).AssignUser("bob", "S", {}, 6).AssignUser("bob", "T");
  const Columns columns = ColumnsFromFacts(tenant.facts);
  const ShapeTable shapes(columns);
  EXPECT_EQ(shapes.size(), 5u);
  EXPECT_EQ(shapes.DirectShape(0), shapes.DirectShape(1));
  EXPECT_LT(shapes.DirectShape(1), shapes.DirectShape(2));
  EXPECT_TRUE(shapes[shapes.DirectShape(0)].direct());
}

}  // namespace
}  // namespace seatwise
