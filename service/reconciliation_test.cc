#include "service/reconciliation.h"

#include <memory>
#include <string>
#include <vector>

#include "base/executor.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "service/runtime_for_test.h"

namespace seatwise {
namespace {

CommitOptions Any() { return {.actor = "ana", .method = "Test"}; }

v1::Reconciliation RunOn(const TenantState& state, const ReconciliationOptions& options = {}) {
  InlineExecutor executor;
  auto run = Reconcile(state, options, executor);
  EXPECT_TRUE(run.ok()) << run.status();
  return run.ok() ? *run : v1::Reconciliation();
}

std::shared_ptr<Tenant> Contoso(RuntimeForTest& runtime) {
  const auto tenant = runtime.NewTenant("contoso");
  EXPECT_TRUE(tenant->Commit(Puts(AllOf(HoldingTenant())), Any()).ok());
  return tenant;
}

TEST(ReconciliationTest, WhatIsAnsweredIsWhatTheFactsSay) {
  RuntimeForTest runtime;
  const auto tenant = Contoso(runtime);
  ASSERT_TRUE(
      tenant->Commit(Deletes({MembershipKey{GroupId("staff"), UserId("ana")}}), Any()).ok());
  std::vector<int> stages;
  ReconciliationOptions options;
  options.progress = [&](v1::RunReconciliationMetadata::Stage stage) { stages.push_back(stage); };
  const v1::Reconciliation run = RunOn(*tenant->Published(), options);
  EXPECT_EQ(run.revision(), 2);
  EXPECT_EQ(run.users(), 2);
  EXPECT_EQ(run.seats_size(), 2);
  EXPECT_EQ(run.against_live().licenses(), 0);
  EXPECT_EQ(run.against_live().seats(), 0);
  EXPECT_FALSE(run.has_against_previous());
  EXPECT_EQ(stages, (std::vector<int>{1, 2, 3}));
}

// If this could not fail, the one above would mean nothing.
TEST(ReconciliationTest, AnAnswerThatIsNotOfTheFactsIsFound) {
  RuntimeForTest runtime;
  const auto tenant = Contoso(runtime);
  CommitOptions what_if = Any();
  what_if.validate_only = true;
  const auto other = tenant->Commit(Deletes({UserId("bob")}), what_if);
  ASSERT_TRUE(other.ok());
  TenantState wrong = *tenant->Published();
  wrong.live = other->after->live;
  const v1::Reconciliation run = RunOn(wrong);
  EXPECT_EQ(run.against_live().users(), 1);
  EXPECT_GE(run.against_live().licenses(), 1);
  EXPECT_GE(run.against_live().seats(), 1);
  ASSERT_GE(run.against_live().sample_size(), 1);
  EXPECT_EQ(run.against_live().sample(0).user_id(), "bob");
}

TEST(ReconciliationTest, WhatChangedSinceTheRunBeforeIsAddedUp) {
  RuntimeForTest runtime;
  const auto tenant = Contoso(runtime);
  const auto assign = Puts({tiny::Assigned(tiny::AUser("ana"), "e1")});
  const auto unassign = Deletes({AssignmentKey{UserId("ana"), SkuId("e1")}});
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(tenant->Commit(assign, Any()).ok());
    ASSERT_TRUE(tenant->Commit(unassign, Any()).ok());
  }
  const v1::Reconciliation same = RunOn(*tenant->Published(), {.previous_revision = 1});
  EXPECT_TRUE(same.has_against_previous());
  EXPECT_EQ(same.against_previous().licenses(), 0);
  ASSERT_TRUE(tenant->Commit(Deletes({UserId("bob")}), Any()).ok());
  const v1::Reconciliation run = RunOn(*tenant->Published(), {.previous_revision = 1});
  EXPECT_EQ(run.against_previous().users(), 1);
  EXPECT_EQ(run.against_previous().licenses(), 2);
  EXPECT_EQ(run.against_previous().sample(0).user_id(), "bob");  // Named, though he is gone.
}

}  // namespace
}  // namespace seatwise
