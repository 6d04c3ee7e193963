#include "storage/tenant_store.h"

#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "gtest/gtest.h"
#include "storage/fact_dice_for_test.h"
#include "storage/journal.h"
#include "storage/same_facts_for_test.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using TenantStoreTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(TenantStoreTest);

TEST_P(TenantStoreTest, AnswersAsFactsInMemoryDo) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  FactDice dice(seed);
  const int steps = GetParam() == StoreKind::kMemory ? 400 : 60;
  for (int i = 0; i < steps; ++i) {
    const Facts before = model_.ToFacts();
    const ChangeSet set = dice.AnyChangeSet(before, i % 4 == 0 ? 20 : 4);
    Commit(set);
    std::vector<FactKey> keys = FactDice::KeysOf(model_.ToFacts());
    for (const Change& change : set.changes) keys.push_back(KeyOf(change));
    ASSERT_NO_FATAL_FAILURE(ExpectSameAnswers(*tenant_->tip(), model_, keys));
    if (i % 10 > 0) continue;
    ASSERT_EQ(InOrder(*tenant_->tip()->ReadAll()), model_.ToFacts());
    ASSERT_NO_FATAL_FAILURE(ExpectNumbers());
  }
  Reopen();
  ASSERT_EQ(InOrder(*tenant_->tip()->ReadAll()), model_.ToFacts());
  ExpectNumbers();
}

TEST_P(TenantStoreTest, ADeletedUserKeepsItsNumberAndANewOneGetsAnother) {
  Commit({{Put{tiny::Person("u")}}});
  Commit({{Delete{UserId("u")}}});
  Commit({{Put{tiny::Person("u")}}});
  EXPECT_EQ(*tenant_->tip()->NumberOf(UserId("u")), 1u);
  EXPECT_EQ(*tenant_->tip()->UserOfNumber(0), UserId("u"));
}

TEST_P(TenantStoreTest, WhatWasMadeForAnOlderRevisionIsAborted) {
  const auto base = tenant_->tip();
  const auto changes = Validate({{Put{tiny::Person("u")}}}, *base);
  ASSERT_TRUE(tenant_->Append(*changes->changes, *base, {}, meta_).ok());
  EXPECT_EQ(tenant_->Append(*changes->changes, *base, {}, meta_).status().code(),
            absl::StatusCode::kAborted);
}

TEST_P(TenantStoreTest, OfTwoOwnersOnlyTheLaterCanWrite) {
  auto first = std::move(tenant_);
  Open();
  const auto changes = Validate({{Put{tiny::Person("u")}}}, *first->tip());
  EXPECT_EQ(first->Append(*changes->changes, *first->tip(), {}, meta_).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(Commit({{Put{tiny::Person("u")}}}));
}

TEST_P(TenantStoreTest, ADeltaOfAMillionUsersIsOneRevision) {
  const LicenseDelta delta = ADelta(3'000'000);
  ASSERT_TRUE(Commit({{Put{tiny::Person("u")}}}, delta));
  Reopen();
  ASSERT_TRUE(ReadJournal(*tenant_->tip(), 1, [&](const JournalEntry& entry) {
                EXPECT_EQ(entry.delta, delta);
                return true;
              }).ok());
  EXPECT_EQ(InOrder(*tenant_->tip()->ReadAll()), history_.back());
}

TEST_P(TenantStoreTest, TenantsDoNotSeeEachOther) {
  auto other = *TenantStore::Open(*store_, TenantNumber{kTenant.value + 1});
  FactDice dice(5);
  for (int i = 0; i < 30; ++i) Commit(dice.AnyChangeSet(model_.ToFacts()));
  EXPECT_EQ(*other->tip()->ReadAll(), Facts());
  const auto changes = Validate({{Put{tiny::Person("id0")}}}, *other->tip());
  ASSERT_TRUE(other->Append(*changes->changes, *other->tip(), {}, meta_).ok());
  EXPECT_EQ(InOrder(*tenant_->tip()->ReadAll()), model_.ToFacts());
  EXPECT_EQ(other->tip()->ReadAll()->users.size(), 1u);
}

}  // namespace
}  // namespace seatwise
