#include "service/reconciler.h"

#include <chrono>
#include <memory>
#include <string>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/runtime_for_test.h"

namespace seatwise {
namespace {

CommitOptions Any() { return {.actor = "ana", .method = "Test"}; }
Deadline Late() { return Deadline::After(std::chrono::seconds(60)); }

v1::Reconciliation ResultOf(const google::longrunning::Operation& operation) {
  EXPECT_TRUE(operation.done());
  v1::Reconciliation result;
  EXPECT_TRUE(operation.response().UnpackTo(&result)) << operation.DebugString();
  return result;
}

TEST(ReconcilerTest, ARunIsKeptAndTheNextOneComparesWithIt) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(tenant->Commit(Puts(AllOf(HoldingTenant())), Any()).ok());
  Reconciler reconciler(runtime.registry);
  const auto first = reconciler.Start("contoso", {}, Late());
  ASSERT_TRUE(first.ok()) << first.status();
  const auto one = ResultOf(*reconciler.Wait(first->name(), Late()));
  EXPECT_FALSE(one.has_against_previous());
  ASSERT_TRUE(tenant->Commit(Deletes({UserId("bob")}), Any()).ok());
  const auto second = reconciler.Start("contoso", {}, Late());
  const auto two = ResultOf(*reconciler.Wait(second->name(), Late()));
  EXPECT_EQ(two.previous(), one.name());
  EXPECT_EQ(two.against_previous().users(), 1);
  EXPECT_EQ(two.against_live().licenses(), 0);
  // The latest comes first, also after a restart.
  RuntimeForTest again(&runtime.store, {});
  const auto kept = again.Get("contoso")->documents().List(kRunsFolder, "", 10);
  ASSERT_EQ(kept->size(), 2u);
  EXPECT_EQ(two.name(), "tenants/contoso/reconciliations/" + kept->front().name);
}

TEST(ReconcilerTest, ARepeatedRequestIsTheSameRun) {
  RuntimeForTest runtime;
  runtime.NewTenant("contoso");
  Reconciler reconciler(runtime.registry);
  v1::RunReconciliationRequest request;
  request.set_request_id("3f1c4a52-8b6e-4f60-9d3a-0a1b2c3d4e5f");
  const auto first = reconciler.Start("contoso", request, Late());
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(reconciler.Wait(first->name(), Late()).ok());
  EXPECT_EQ(reconciler.Start("contoso", request, Late())->name(), first->name());
  EXPECT_EQ(reconciler.List("contoso").size(), 1u);
  EXPECT_EQ(reconciler.List("other").size(), 0u);
}

TEST(ReconcilerTest, WhatDoesNotExistIsSaid) {
  RuntimeForTest runtime;
  Reconciler reconciler(runtime.registry);
  EXPECT_EQ(ReasonOf(reconciler.Start("nobody", {}, Late()).status()), v1::NOT_FOUND);
  EXPECT_EQ(ReasonOf(reconciler.Find("tenants/a/operations/b").status()), v1::NOT_FOUND);
}

}  // namespace
}  // namespace seatwise
