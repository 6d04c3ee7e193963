// A tenant that is changed through the door, beside models of what it should hold. Test only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "engine/model/memory_facts.h"
#include "engine/model/numbers.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "engine/model/validated_change_set.h"
#include "gtest/gtest.h"
#include "storage/store_for_test.h"
#include "storage/tenant_store.h"

namespace seatwise {

inline constexpr TenantNumber kTenant{7};

// The numbers that the rule (numbers.h) gives, for users and groups alike.
struct NumberModel {
  std::map<std::string, uint32_t> user, group;
  NextNumbers next;

  void Apply(const ValidatedChangeSet& changes) {
    for (const Fact& fact : changes.puts()) {
      if (const auto* u = std::get_if<User>(&fact)) {
        if (user.emplace(u->id.value(), next.user).second) ++next.user;
      } else if (const auto* g = std::get_if<Group>(&fact)) {
        if (group.emplace(g->id.value(), next.group).second) ++next.group;
      }
    }
    for (const FactKey& key : changes.deletes()) {
      if (const auto* u = std::get_if<UserId>(&key)) user.erase(u->value());
      if (const auto* g = std::get_if<GroupId>(&key)) group.erase(g->value());
    }
  }
};

// A tenant in a store of each kind, and what it should hold.
class TenantFixture : public ::testing::TestWithParam<StoreKind> {
 protected:
  void Open() {
    auto opened = TenantStore::Open(*store_, kTenant);
    ASSERT_TRUE(opened.ok()) << opened.status();
    tenant_ = *std::move(opened);
  }
  void SetUp() override { Open(); }
  // Snapshots do not outlive their store.
  void Reopen() {
    tenant_.reset();
    store_.Reopen();
    Open();
  }

  // Commits what the door lets in, to the store and to the model.
  bool Commit(const ChangeSet& set, const LicenseDelta& delta = {}) {
    const auto base = tenant_->tip();
    const auto result = Validate(set, *base);
    EXPECT_TRUE(result.ok()) << result.status();
    if (!result->changes) return false;
    const auto appended = tenant_->Append(*result->changes, *base, delta, meta_);
    EXPECT_TRUE(appended.ok()) << appended.status();
    EXPECT_TRUE(tenant_->AwaitDurable(appended->ticket).ok());
    EXPECT_EQ(appended->revision, base->revision() + 1);
    model_.Apply(*result->changes);
    numbers_.Apply(*result->changes);
    history_.push_back(model_.ToFacts());
    return true;
  }

  void ExpectNumbers() {
    const auto facts = tenant_->tip();
    EXPECT_EQ(facts->next_numbers(), numbers_.next);
    for (const auto& [id, number] : numbers_.user) {
      ASSERT_EQ(*facts->NumberOf(UserId(id)), number) << id;
      ASSERT_EQ(*facts->UserOfNumber(number), UserId(id));
    }
    for (const auto& [id, number] : numbers_.group) {
      ASSERT_EQ(*facts->NumberOf(GroupId(id)), number) << id;
      ASSERT_EQ(*facts->GroupOfNumber(number), GroupId(id));
    }
  }

  StoreForTest store_{GetParam()};
  std::unique_ptr<TenantStore> tenant_;
  MemoryFacts model_;
  NumberModel numbers_;
  std::vector<Facts> history_ = {Facts()};  // By revision.
  CommitMeta meta_{.time = Time{1000}, .actor = "ana", .method = "test"};
};

// Runs the tests of a suite on both stores.
#define SEATWISE_ON_BOTH_STORES(Suite)                                   \
  INSTANTIATE_TEST_SUITE_P(                                              \
      , Suite, ::testing::Values(StoreKind::kMemory, StoreKind::kRocks), \
      [](const auto& kind) { return kind.param == StoreKind::kMemory ? "Memory" : "Rocks"; })

// The license of one SKU taken from so many users.
inline LicenseDelta ADelta(uint32_t users) {
  LicenseDelta::Run run{.sku = SkuId("E3"),
                        .before = LicenseValue{LicenseState::kActive, tiny::Plans({"a", "b"})}};
  for (uint32_t i = 0; i < users; ++i) run.users.push_back(3 * i);
  return {{run}};
}

}  // namespace seatwise
