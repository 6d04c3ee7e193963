#include "engine/batch/waiting_lists.h"

#include "base/thread_pool.h"
#include "engine/batch/pipeline_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(WaitingListsTest, PlacesFollowTheFirstClaimThatWaits) {  // O8
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 0).Sku("T", {"A"}, 1).Groups({"g", "h"});
  tenant.Assign("g", "S").Assign("h", "S").Assign("h", "T").Users({"ana", "bob", "cid"});
  tenant.Member("g", "ana", 5).Member("h", "bob", 3).Member("g", "cid", 4).Member("h", "cid", 1);
  const PipelineForTest run(tenant.facts, 2);
  ThreadPool pool(3);
  const WaitingLists waiting(run.shapes, run.classes, run.singles, run.outcomes, pool);
  EXPECT_EQ(waiting.PlaceOf(2, 0), 1);  // Cid waits for S since 1.
  EXPECT_EQ(waiting.PlaceOf(1, 0), 2);
  EXPECT_EQ(waiting.PlaceOf(0, 0), 3);
  EXPECT_EQ(waiting.PlaceOf(1, 1), 1);  // Cid holds T; only bob waits.
}

TEST(WaitingListsDeathTest, WhoDoesNotWaitHasNoPlace) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Users({"ana"}).AssignUser("ana", "S");
  const PipelineForTest run(tenant.facts, 1);
  ThreadPool pool(3);
  const WaitingLists waiting(run.shapes, run.classes, run.singles, run.outcomes, pool);
  EXPECT_DEATH(waiting.PlaceOf(0, 0), "does not wait");
}

}  // namespace
}  // namespace seatwise
