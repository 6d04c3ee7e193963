#include "storage/load.h"

#include <memory>
#include <random>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/executor.h"
#include "base/thread_pool.h"
#include "base/time.h"
#include "engine/model/account_flags.h"
#include "engine/model/columns.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/facts.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/batch.h"
#include "storage/bulk_load.h"
#include "storage/fact_dice_for_test.h"
#include "storage/fact_keys.h"
#include "storage/posting_list.h"
#include "storage/same_facts_for_test.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using LoadTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(LoadTest);

// The parts of columns that can be compared; plan sets by what they hold.
void ExpectSameColumns(const Columns& actual, const Columns& expected) {
  EXPECT_EQ(actual.settings, expected.settings);
  ASSERT_EQ(actual.users.size(), expected.users.size());
  for (size_t i = 0; i < actual.users.size(); ++i) ASSERT_EQ(actual.users[i], expected.users[i]);
  ASSERT_EQ(actual.groups.size(), expected.groups.size());
  for (size_t i = 0; i < actual.groups.size(); ++i) {
    ASSERT_EQ(actual.groups[i], expected.groups[i]);
  }
  EXPECT_EQ(actual.usage_location, expected.usage_location);
  EXPECT_EQ(actual.clashes, expected.clashes);
  EXPECT_EQ(actual.first_membership, expected.first_membership);
  EXPECT_EQ(actual.membership_group, expected.membership_group);
  EXPECT_EQ(actual.membership_added_at, expected.membership_added_at);
  EXPECT_EQ(actual.edges, expected.edges);
  EXPECT_EQ(actual.first_direct, expected.first_direct);
  EXPECT_EQ(actual.first_inherited, expected.first_inherited);
  const auto expect_rows = [&](const auto& rows, const auto& others) {
    ASSERT_EQ(rows.size(), others.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      ASSERT_EQ(rows[i].sku, others[i].sku);
      ASSERT_EQ(rows[i].priority, others[i].priority);
      ASSERT_EQ(rows[i].assigned_at, others[i].assigned_at);
      ASSERT_EQ(actual.plan_sets[rows[i].plans], expected.plan_sets[others[i].plans]);
      ASSERT_EQ(actual.plan_sets[rows[i].disabled], expected.plan_sets[others[i].disabled]);
    }
  };
  expect_rows(actual.direct, expected.direct);
  expect_rows(actual.inherited, expected.inherited);
}

void ExpectLoaded(const LoadedFacts& loaded, const FactsSnapshot& facts, const Facts& model) {
  ASSERT_NO_FATAL_FAILURE(ExpectSameColumns(loaded.columns, ColumnsFromFacts(model)));
  EXPECT_EQ(loaded.next, facts.next_numbers());
  Facts products = model;
  products.users.clear(), products.groups.clear(), products.memberships.clear();
  products.assignments.clear(), products.observed.clear();
  EXPECT_EQ(InOrder(loaded.products), products);
  std::vector<std::pair<uint32_t, std::string>> addresses;
  for (uint32_t rank = 0; rank < loaded.columns.users.size(); ++rank) {
    const UserId id{loaded.columns.users[rank]};
    ASSERT_EQ(loaded.user_number[rank], *facts.NumberOf(id));
    ASSERT_EQ(loaded.created_at[rank], model.users[rank].created_at);
    ASSERT_EQ(loaded.accounts[rank], FlagsOf(model.users[rank]));
    for (const std::string& address : model.users[rank].proxy_addresses) {
      addresses.emplace_back(rank, address);
    }
  }
  for (uint32_t rank = 0; rank < loaded.columns.groups.size(); ++rank) {
    ASSERT_EQ(loaded.group_number[rank], *facts.NumberOf(GroupId(loaded.columns.groups[rank])));
  }
  ASSERT_EQ(loaded.addresses.user.size(), addresses.size());
  for (size_t i = 0; i < addresses.size(); ++i) {
    ASSERT_EQ(loaded.addresses.user[i], addresses[i].first);
    ASSERT_EQ(loaded.addresses.address[i], addresses[i].second);
  }
}

TEST_P(LoadTest, WhatIsLoadedIsWhatWasCommitted) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  FactDice dice(seed, 8);
  ThreadPool pool(3);
  for (int i = 0; i < 120; ++i) {
    Commit(dice.AnyChangeSet(model_.ToFacts()));
    if (i % 8 > 0) continue;
    for (const uint32_t many : {1u, kManyPrincipals}) {  // In parts, and as small tenants are.
      const auto loaded = Load(*tenant_->tip(), pool, many);
      ASSERT_TRUE(loaded.ok()) << loaded.status();
      ASSERT_NO_FATAL_FAILURE(ExpectLoaded(*loaded, *tenant_->tip(), model_.ToFacts()));
    }
  }
}

// More members than one batch holds, of which the last group has some in each.
TEST_P(LoadTest, MembersOfManyBatchesAreAllThere) {
  constexpr int kUsers = 3000, kGroups = 50;
  const auto time = [](int user, int group) { return Time{1000 + 7 * user + group}; };
  const auto id = [](const char* kind, int number) {
    return absl::StrFormat("%s%04d", kind, number);
  };
  {  // Snapshots do not outlive their store.
    auto load = *BulkLoad::Start(*tenant_);
    for (int u = 0; u < kUsers; ++u) ASSERT_TRUE(load->Add(tiny::Person(id("u", u))).ok());
    for (int g = 0; g < kGroups; ++g) ASSERT_TRUE(load->Add(tiny::Team(id("g", g))).ok());
    for (int g = 0; g < kGroups; ++g) {
      for (int u = 0; u < kUsers; ++u) {
        const Membership member{GroupId(id("g", g)), UserId(id("u", u)), time(u, g)};
        ASSERT_TRUE(load->Add(member).ok());
      }
    }
    ASSERT_TRUE(load->Finish().ok());
    const auto appended = load->Commit({}, meta_);
    ASSERT_TRUE(appended.ok() && tenant_->AwaitDurable(appended->ticket).ok());
  }
  ThreadPool pool(2);
  const auto loaded = Load(*tenant_->tip(), pool);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  const Columns& columns = loaded->columns;
  ASSERT_EQ(columns.membership_group.size(), size_t{kUsers} * kGroups);
  for (uint32_t u = 0; u < kUsers; ++u) {
    ASSERT_EQ(columns.first_membership[u], uint64_t{u} * kGroups);
    for (uint32_t g = 0; g < kGroups; ++g) {
      ASSERT_EQ(columns.membership_group[u * kGroups + g], g) << u;
      ASSERT_EQ(columns.membership_added_at[u * kGroups + g], time(u, g)) << u;
    }
  }
}

TEST_P(LoadTest, RecordsThatContradictEachOtherAreDataLoss) {
  ASSERT_TRUE(
      Commit({{Put{tiny::Person("u")}, Put{tiny::Team("g")}, Put{tiny::Product("s", {})}}}));
  InlineExecutor executor;
  const auto code_with = [&](const std::string& key, const std::string& value) {
    Batch batch;
    batch.Put(key, value);
    EXPECT_TRUE(store_->Commit(tenant_->owner(), batch, {}).ok());
    const auto facts = *FactsSnapshot::Open(store_->TakeSnapshot(), kTenant);
    const absl::StatusCode code = Load(*facts, executor).status().code();
    Batch undo;
    undo.Delete(key);
    EXPECT_TRUE(store_->Commit(tenant_->owner(), undo, {}).ok());
    return code;
  };
  const std::string block = EncodePostings({{9, Time{}}}, PostingKind::kWithTimes);
  const std::string members = KeyWriter(Table::kMembers).Number32(0).Number32(0).Take();
  EXPECT_EQ(code_with(members, block), absl::StatusCode::kDataLoss) << "no user 9";
  EXPECT_EQ(code_with(InnerGroupKey(0, 4), "\x01"), absl::StatusCode::kDataLoss) << "no group 4";
  EXPECT_EQ(code_with(AssignmentStoredKey({.number = 0}, SkuId("t")), "\x01"),
            absl::StatusCode::kDataLoss)
      << "no SKU t";
  EXPECT_EQ(code_with(UserKey(UserId("v")), "\x01"), absl::StatusCode::kDataLoss)
      << "two users with number 0";
  EXPECT_EQ(code_with(GroupKey(GroupId("g")), "\x02"), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace seatwise
