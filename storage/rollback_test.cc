// Commits larger than a batch, cut short at every append, and their undoing cut short as well.
#include "storage/rollback.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "gtest/gtest.h"
#include "storage/crashing_store_for_test.h"
#include "storage/memory_store.h"
#include "storage/same_facts_for_test.h"
#include "storage/tenant_store.h"

namespace seatwise {
namespace {

constexpr TenantNumber kTenant{3};

// So large that a few dozen do not fit into a batch.
User Huge(const std::string& id, char text) {
  return {.id = UserId(id), .display_name = std::string(60'000, text)};
}

ChangeSet Before() {
  ChangeSet set;
  set.changes.push_back(Put{TenantSettings{.retention_days = 3}});
  for (const char* sku : {"A", "B"}) set.changes.push_back(Put{tiny::Product(sku, {})});
  set.changes.push_back(Put{tiny::Units("s", "A", 1)});
  set.changes.push_back(Put{tiny::Team("g")});
  set.changes.push_back(Put{tiny::Team("h")});
  set.changes.push_back(Put{tiny::Member("g", tiny::AGroup("h"))});
  for (int i = 0; i < 20; ++i) {
    const std::string id = "u" + std::to_string(i);
    set.changes.push_back(Put{Huge(id, 'a')});
    set.changes.push_back(Put{tiny::Member(i % 3 == 0 ? "g" : "h", tiny::AUser(id), i)});
    set.changes.push_back(Put{Assignment{tiny::AUser(id), SkuId("A"), {}, i, Time{}}});
  }
  return set;
}

// Everything there is is replaced, deleted, or joined by something new.
ChangeSet Change() {
  ChangeSet set;
  set.changes.push_back(Put{TenantSettings{.nested_groups = true}});
  set.changes.push_back(Put{tiny::Units("s", "B", 5)});
  set.changes.push_back(Delete{SkuId("A"), true});
  set.changes.push_back(Delete{GroupId("g")});
  for (int i = 0; i < 300; ++i) {
    const std::string id = "u" + std::to_string(i);
    if (i % 5 == 0 && i < 20) {
      set.changes.push_back(Delete{UserId(id)});
      continue;
    }
    set.changes.push_back(Put{Huge(id, 'b')});
    set.changes.push_back(Put{tiny::Member("h", tiny::AUser(id), 100 + i)});
  }
  set.changes.push_back(Put{tiny::Team("k")});
  set.changes.push_back(Put{tiny::Member("h", tiny::AGroup("k"))});
  return set;
}

absl::StatusOr<Appended> Commit(TenantStore& tenant, const ChangeSet& set) {
  const auto base = tenant.tip();
  auto result = Validate(set, *base);
  EXPECT_TRUE(result.ok() && result->changes) << result->errors.front().message;
  return tenant.Append(*result->changes, *base, {}, {.time = Time{1}});
}

// All keys and values of the tenant.
std::vector<KeyValue> Bytes(const Store& store) {
  std::vector<KeyValue> all;
  EXPECT_TRUE(store.TakeSnapshot()
                  ->Scan(kTenant, {},
                         [&](absl::string_view key, absl::string_view value) {
                           all.push_back({std::string(key), std::string(value)});
                           return true;
                         })
                  .ok());
  return all;
}

struct World {
  std::unique_ptr<Store> store = NewMemoryStore();

  World() { EXPECT_TRUE(Commit(**TenantStore::Open(*store, kTenant), Before()).ok()); }
};

// Cuts the commit short after `appends`; answers whether it came that far at all.
bool CutCommit(Store& store, int appends) {
  CrashingStore crashing(store, appends);
  const auto tenant = TenantStore::Open(crashing, kTenant);
  const auto before = (*tenant)->tip();
  const auto appended = Commit(**tenant, Change());
  EXPECT_EQ(appended.ok(), !crashing.crashed());
  EXPECT_EQ((*tenant)->tip() == before, crashing.crashed()) << "nobody sees half a commit";
  return crashing.crashed();
}

TEST(RollbackTest, ACommitCutShortAnywhereLeavesNothing) {
  int cuts = 0;
  while (true) {
    World world;
    const std::vector<KeyValue> before = Bytes(*world.store);
    if (!CutCommit(*world.store, cuts)) break;
    const auto tenant = TenantStore::Open(*world.store, kTenant);
    ASSERT_TRUE(tenant.ok()) << tenant.status();
    ASSERT_EQ(Bytes(*world.store).size(), before.size()) << cuts;
    ASSERT_TRUE(Bytes(*world.store) == before) << cuts;
    ASSERT_TRUE(Commit(**tenant, Change()).ok());
    ++cuts;
  }
  EXPECT_GE(cuts, 4) << "the commit is too small to be cut";
}

TEST(RollbackTest, AnUndoingCutShortIsUndoneAgain) {
  for (int cut = 1; cut < 20; ++cut) {
    World world;
    const std::vector<KeyValue> before = Bytes(*world.store);
    if (!CutCommit(*world.store, cut)) break;
    for (int appends = 0; appends < 9; ++appends) {
      CrashingStore crashing(*world.store, appends);
      if (TenantStore::Open(crashing, kTenant).ok()) break;
      ASSERT_TRUE(crashing.crashed());
    }
    ASSERT_TRUE(TenantStore::Open(*world.store, kTenant).ok());
    ASSERT_TRUE(Bytes(*world.store) == before) << cut;
  }
}

TEST(RollbackTest, ALargeCommitThatComesThroughIsThereAsAWhole) {
  World large;
  ASSERT_FALSE(CutCommit(*large.store, 1000));
  const auto tenant = *TenantStore::Open(*large.store, kTenant);
  EXPECT_EQ(tenant->tip()->revision(), 2u);
  const Facts facts = *tenant->tip()->ReadAll();
  EXPECT_EQ(facts.users.size(), 296u);
  EXPECT_EQ(facts.memberships.size(), 297u);
  EXPECT_EQ(facts.settings.nested_groups, true);
  EXPECT_EQ(InOrder(facts).users[0].display_name, std::string(60'000, 'b'));
}

}  // namespace
}  // namespace seatwise
