#include "engine/batch/batch.h"

#include "base/thread_pool.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

TenantBuilder Tenant() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 9).Groups({"g", "idle"});
  tenant.Assign("g", "S").Users({"ana", "bob", "cid"}).AssignUser("bob", "T");
  return tenant.Member("g", "ana", 1).Member("g", "bob", 2);
}

TEST(BatchTest, ATenantWithoutFactsHasAnEmptyState) {
  const Columns columns = ColumnsFromFacts(Facts());
  InlineExecutor executor;
  EXPECT_EQ(ExpandDerived(*Derive(columns, executor)), Derived());
}

TEST(BatchTest, CountsAddUp) {
  const Columns columns = ColumnsFromFacts(Tenant().facts);
  ThreadPool pool(2);
  const auto state = Derive(columns, pool);
  const ClaimCounts counts = state->Counts();
  EXPECT_EQ(counts.granted, 2);
  EXPECT_EQ(counts.rejected, 1);
  EXPECT_THAT(counts.items_by_code, ElementsAre(0, 0, 0, 0, 0, 1, 0));
  EXPECT_EQ(counts.users_with_claims, 2);
  EXPECT_EQ(counts.users_with_errors, 1);
  EXPECT_EQ(state->statistics().contended_skus, 1);
  EXPECT_EQ(state->statistics().users_queued, 2);
  EXPECT_EQ(state->statistics().queue_entries, 2);
}

TEST(BatchTest, LicensedGroupsReportTheirMembers) {
  const Columns columns = ColumnsFromFacts(Tenant().facts);
  InlineExecutor executor;
  EXPECT_THAT(Derive(columns, executor)->Groups(), ElementsAre(GroupStatus{GroupId("g"), 2, 1, 1}));
}

TEST(BatchTest, ItemsStandGroupBeforeUser) {
  const Columns columns = ColumnsFromFacts(Tenant().facts);
  InlineExecutor executor;
  std::vector<bool> direct;
  Derive(columns, executor)->ForEachItem(0, 3, [&](const ItemRow& row) {
    direct.push_back(row.direct);
  });
  EXPECT_THAT(direct, ElementsAre(false, false, true));
}

}  // namespace
}  // namespace seatwise
