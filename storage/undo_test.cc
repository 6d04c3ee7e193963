#include "storage/undo.h"

#include <random>
#include <string>

#include "engine/model/memory_facts.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "gtest/gtest.h"
#include "storage/bulk_load.h"
#include "storage/fact_dice_for_test.h"
#include "storage/journal.h"
#include "storage/same_facts_for_test.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using UndoTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(UndoTest);

// The facts that the undo leads to, through the door.
Facts FactsAfter(const FactsSnapshot& facts, const Undo& undo) {
  MemoryFacts memory(undo.from_nothing ? Facts() : *facts.ReadAll());
  const auto valid = Validate(undo.changes, memory);
  EXPECT_TRUE(valid.ok() && valid->changes.has_value());
  memory.Apply(*valid->changes);
  return memory.ToFacts();
}

TEST_P(UndoTest, EveryRevisionIsReachedThroughTheDoor) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  FactDice dice(seed);
  for (int i = 0; i < 40; ++i) Commit(dice.AnyChangeSet(model_.ToFacts()));
  const auto facts = tenant_->tip();
  for (uint64_t revision = 0; revision < history_.size(); ++revision) {
    const auto undo = UndoTo(*facts, revision);
    ASSERT_TRUE(undo.ok()) << undo.status();
    EXPECT_FALSE(undo->from_nothing);
    ASSERT_EQ(InOrder(FactsAfter(*facts, *undo)), history_[revision]) << revision;
  }
}

TEST_P(UndoTest, AWholeTenantIsUndone) {
  ChangeSet all;
  const Facts tenant = tiny::Tenant();
  const auto put = [&](const auto& rows) {
    for (const auto& row : rows) all.changes.push_back(Put{row});
  };
  put(tenant.plans), put(tenant.skus), put(tenant.conflicts), put(tenant.requirements);
  put(tenant.prohibitions), put(tenant.subscriptions), put(tenant.users), put(tenant.groups);
  put(tenant.memberships), put(tenant.assignments), put(tenant.observed);
  ASSERT_TRUE(Commit(all));
  const auto facts = tenant_->tip();
  EXPECT_EQ(InOrder(FactsAfter(*facts, *UndoTo(*facts, 0))), Facts());
}

TEST_P(UndoTest, TheLastRevisionNeedsNothing) {
  Commit({{Put{tiny::Person("u")}}});
  EXPECT_EQ(UndoTo(*tenant_->tip(), 1)->changes, ChangeSet());
}

TEST_P(UndoTest, WhatWasBeforeALoadIsMadeFromNothing) {
  Commit({{Put{tiny::Person("old")}, Put{TenantSettings{.retention_days = 5}}}});
  Commit({{Delete{UserId("old")}}});
  {
    auto load = *BulkLoad::Start(*tenant_);
    ASSERT_TRUE(load->Add(tiny::Person("new")).ok());
    ASSERT_TRUE(load->Finish().ok());
    ASSERT_TRUE(load->Commit({}, meta_).ok());
  }
  const Facts loaded = *tenant_->tip()->ReadAll();
  const auto base = tenant_->tip();
  const auto later = Validate({{Put{tiny::Person("later")}}}, *base);
  ASSERT_TRUE(tenant_->Append(*later->changes, *base, {}, meta_).ok());
  const auto facts = tenant_->tip();
  EXPECT_EQ(InOrder(FactsAfter(*facts, *UndoTo(*facts, 3))), InOrder(loaded));
  for (const uint64_t revision : {0u, 1u, 2u}) {
    const auto undo = UndoTo(*facts, revision);
    EXPECT_TRUE(undo->from_nothing);
    EXPECT_EQ(InOrder(FactsAfter(*facts, *undo)), history_[revision]) << revision;
  }
}

TEST_P(UndoTest, WhatIsNotKeptIsOutOfRange) {
  for (int i = 0; i < 10; ++i) {
    meta_.time = Time{100 * i};
    Commit({{Put{tiny::Person("u" + std::to_string(i))}}});
  }
  ASSERT_TRUE(tenant_->Prune({.oldest_time = Time{300}}, Time{900}).ok());
  for (const uint64_t revision : {2u, 11u}) {
    EXPECT_EQ(UndoTo(*tenant_->tip(), revision).status().code(), absl::StatusCode::kOutOfRange);
  }
  EXPECT_TRUE(UndoTo(*tenant_->tip(), 3).ok());
}

}  // namespace
}  // namespace seatwise
