#include "storage/facts_snapshot.h"

#include <memory>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/batch.h"
#include "storage/fact_keys.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using FactsSnapshotTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(FactsSnapshotTest);

TEST_P(FactsSnapshotTest, ATenantThatNobodyWroteToHasDefaultSettings) {
  const auto facts = FactsSnapshot::Open(store_->TakeSnapshot(), TenantNumber{99});
  EXPECT_EQ((*facts)->revision(), 0u);
  EXPECT_EQ(**(*facts)->Find(TenantSettingsKey()), Fact(TenantSettings()));
  EXPECT_EQ(*(*facts)->Count(FactKind::kTenantSettings), 1u);
  EXPECT_EQ(*(*facts)->ReadAll(), Facts());
}

TEST_P(FactsSnapshotTest, ASnapshotDoesNotChangeWhateverIsCommitted) {
  ASSERT_TRUE(Commit(
      {{Put{tiny::Person("u")}, Put{tiny::Team("g")}, Put{tiny::Member("g", tiny::AUser("u"))}}}));
  const auto then = tenant_->tip();
  const Facts all = *then->ReadAll();
  ASSERT_TRUE(Commit({{Delete{UserId("u")}, Put{tiny::Person("v")}}}));
  EXPECT_EQ(*then->ReadAll(), all);
  EXPECT_EQ(then->revision(), 1u);
  EXPECT_TRUE(*then->Contains(MembershipKey{GroupId("g"), UserId("u")}));
  EXPECT_FALSE(*tenant_->tip()->Contains(MembershipKey{GroupId("g"), UserId("u")}));
}

TEST_P(FactsSnapshotTest, ARecordThatCannotBeReadIsAnErrorAndNoAnswer) {
  ASSERT_TRUE(Commit({{Put{tiny::Person("u")}, Put{tiny::Plan("p")}}}));
  Batch batch;
  batch.Put(UserKey(UserId("u")), "\x07");
  batch.Put(StoredKey(PlanId("p")), "\x01\xff");
  ASSERT_TRUE(store_->Commit(tenant_->owner(), batch, {}).ok());
  const auto facts = *FactsSnapshot::Open(store_->TakeSnapshot(), kTenant);
  EXPECT_EQ(facts->Find(UserId("u")).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(facts->Find(PlanId("p")).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_FALSE(facts->List(FactKind::kUser, "", 10).ok());
  EXPECT_FALSE(facts->ReadAll().ok());
}

}  // namespace
}  // namespace seatwise
