#include "engine/batch/classes.h"

#include "base/thread_pool.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

Classes Build(const Facts& facts, int threads) {
  const Columns columns = ColumnsFromFacts(facts);
  const ShapeTable shapes(columns);
  ThreadPool pool(threads);
  return BuildClasses(shapes, TraitTable(columns.catalog), Nesting(shapes, pool), pool);
}

TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Sku("T", {"A"}, 9).Groups({"all", "in", "other"});
  tenant.Users({"ana", "bob", "cid", "dan", "eve"});
  return tenant.Nested("all", "in").Assign("all", "S").Assign("other", "T");
}

TEST(ClassesTest, TimesAndWaysIntoAGroupDoNotMatter) {
  TenantBuilder tenant = Tenant();
  tenant.Member("all", "ana", 1).Member("in", "bob", 9).Member("in", "cid").Member("all", "cid");
  for (int threads : {1, 2, 7}) {
    const Classes classes = Build(tenant.facts, threads);
    EXPECT_THAT(classes.class_of, ElementsAre(0, 0, 0, 1, 1));
    EXPECT_THAT(classes.population, ElementsAre(3, 2));
    EXPECT_THAT(classes.List(0).shapes, ElementsAre(0));
    EXPECT_TRUE(classes.List(1).shapes.empty());
  }
}

TEST(ClassesTest, OtherClaimsOrTraitsAreOtherClasses) {
  TenantBuilder tenant = Tenant();
  tenant.Prohibited("A", "CN").UserIn("fay", "CN").UserIn("gus", "DE");
  tenant.Member("all", "ana").Member("all", "bob").Member("other", "bob");
  tenant.Member("all", "cid").AssignUser("cid", "T").Member("all", "fay").Member("all", "gus");
  for (int threads : {1, 3}) {
    EXPECT_THAT(Build(tenant.facts, threads).class_of, ElementsAre(0, 1, 2, 3, 3, 4, 0));
  }
}

TEST(ClassesTest, ClaimsStandInTheOrderOfFiles) {
  TenantBuilder tenant = Tenant();
  tenant.Member("other", "ana").Member("all", "ana").AssignUser("ana", "T").AssignUser("ana", "S");
  EXPECT_THAT(Build(tenant.facts, 1).List(0).shapes, ElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace seatwise
