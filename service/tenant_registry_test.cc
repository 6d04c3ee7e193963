#include "service/tenant_registry.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/model/facts.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/runtime_for_test.h"
#include "storage/facts_snapshot.h"

namespace seatwise {
namespace {

CommitOptions Any() { return {.actor = "ana", .method = "Test"}; }

TEST(TenantRegistryTest, CallersShareOneLoad) {
  RuntimeForTest runtime;
  ASSERT_TRUE(runtime.directory->Create(TenantId("contoso"), Time{}).ok());
  EXPECT_EQ(runtime.registry.FindLoaded("contoso"), nullptr);
  std::vector<std::shared_ptr<Tenant>> tenants(8);
  std::vector<std::thread> callers;
  for (auto& tenant : tenants) {
    callers.emplace_back([&] { tenant = runtime.Get("contoso"); });
  }
  for (std::thread& caller : callers) caller.join();
  for (const auto& tenant : tenants) EXPECT_EQ(tenant, tenants.front());
  EXPECT_EQ(runtime.registry.counts().loads, 1u);
  EXPECT_EQ(runtime.registry.FindLoaded("contoso"), tenants.front());
}

TEST(TenantRegistryTest, WhoIsNotThereIsNotFound) {
  RuntimeForTest runtime;
  EXPECT_EQ(ReasonOf(runtime.registry.Get("nobody").status()), v1::NOT_FOUND);
  EXPECT_EQ(runtime.registry.FindLoaded("nobody"), nullptr);
}

TEST(TenantRegistryTest, TheLeastRecentlyUsedLeavesWhenMemoryIsShort) {
  RuntimeForTest runtime(RegistryOptions{.memory_limit = 1});
  for (const char* id : {"a", "b", "c"}) {
    const auto tenant = runtime.NewTenant(id);
    ASSERT_TRUE(tenant->Commit(Puts(AllOf(tiny::Tenant())), Any()).ok());
  }
  const auto held = runtime.Get("b");
  runtime.Get("c");
  EXPECT_EQ(runtime.registry.FindLoaded("a"), nullptr);
  EXPECT_EQ(runtime.registry.FindLoaded("b"), held);
  EXPECT_GE(runtime.registry.counts().evictions, 2u);
}

TEST(TenantRegistryTest, ATenantComesBackAsItLeft) {
  RuntimeForTest runtime(RegistryOptions{.memory_limit = 1});
  Derived before;
  {
    const auto tenant = runtime.NewTenant("contoso");
    ASSERT_TRUE(tenant->Commit(Puts(AllOf(tiny::Tenant())), Any()).ok());
    ASSERT_TRUE(
        tenant->Commit(Deletes({MembershipKey{GroupId("staff"), UserId("ana")}}), Any()).ok());
    before = ExpandDerived(*tenant->Published()->live);
  }
  runtime.NewTenant("other");
  ASSERT_EQ(runtime.registry.FindLoaded("contoso"), nullptr);
  const auto again = runtime.Get("contoso");
  EXPECT_EQ(again->Published()->revision, 2u);
  EXPECT_EQ(ExpandDerived(*again->Published()->live), before);
  EXPECT_TRUE(again->Commit(Puts({tiny::Person("new")}), Any()).ok());
}

TEST(TenantRegistryTest, ADeletedTenantIsForgottenAndItsWatchesEnd) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(runtime.directory->Delete(TenantId("contoso")).ok());
  runtime.registry.Forget("contoso");
  EXPECT_EQ(ReasonOf(runtime.registry.Get("contoso").status()), v1::NOT_FOUND);
  EXPECT_TRUE(std::holds_alternative<absl::Status>(tenant->watches().After(0, Deadline::Never())));
  // Who still holds it cannot write, and the id is free for another one.
  EXPECT_FALSE(tenant->Commit(Puts({tiny::Person("ana")}), Any()).ok());
  EXPECT_EQ(runtime.NewTenant("contoso")->Published()->revision, 0u);
}

TEST(TenantRegistryTest, ClosingEndsWatchesOfTenantsLoadedLaterToo) {
  RuntimeForTest runtime;
  const auto early = runtime.NewTenant("early");
  runtime.registry.CloseWatches(NotServingError("closing"));
  const auto late = runtime.NewTenant("late");
  for (const auto& tenant : {early, late}) {
    EXPECT_TRUE(
        std::holds_alternative<absl::Status>(tenant->watches().After(0, Deadline::Never())));
  }
}

// Which is when a commit makes it large, long after it was loaded.
TEST(TenantRegistryTest, WhoGrowsIsMeasuredAgainAndMakesRoom) {
  RuntimeForTest runtime(RegistryOptions{.memory_limit = 256 << 10});
  runtime.NewTenant("idle");
  const auto grows = runtime.NewTenant("grows");
  std::vector<Fact> people;
  for (int i = 0; i < 5000; ++i) people.push_back(tiny::Person("person" + std::to_string(i)));
  ASSERT_TRUE(grows->Commit(Puts(people), Any()).ok());
  EXPECT_NE(runtime.registry.FindLoaded("idle"), nullptr);
  runtime.registry.Trim();
  EXPECT_EQ(runtime.registry.FindLoaded("idle"), nullptr);
  EXPECT_EQ(runtime.registry.FindLoaded("grows"), grows) << "it is in use";
  EXPECT_GT(runtime.registry.counts().bytes, size_t{256} << 10);
  EXPECT_EQ(runtime.registry.counts().loaded, 1u);
}

TEST(TenantRegistryTest, WhoIsIdleGivesItsSnapshotBackAndReadsTheSame) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(tenant->Commit(Puts(AllOf(tiny::Tenant())), Any()).ok());
  const Facts before = *tenant->Published()->facts->ReadAll();
  const std::weak_ptr<const FactsSnapshot> pinned = tenant->Published()->facts;
  runtime.registry.Trim();
  EXPECT_FALSE(pinned.expired()) << "it has just been written to";
  runtime.registry.Trim();
  EXPECT_TRUE(pinned.expired());
  EXPECT_EQ(*tenant->Published()->facts->ReadAll(), before);
  EXPECT_EQ(tenant->Commit(Puts({tiny::Person("new")}), Any())->revision, 2u);
}

TEST(TenantRegistryTest, NothingIsRenewedThatIsNotDurable) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  runtime.store.Hold();
  std::thread writer([&] { EXPECT_TRUE(tenant->Commit(Puts({tiny::Person("ana")}), Any()).ok()); });
  runtime.store.AwaitWaiters(1);
  runtime.registry.Trim();
  EXPECT_EQ(tenant->Published()->revision, 0u);
  EXPECT_EQ(*tenant->Published()->facts->Count(FactKind::kUser), 0u);
  runtime.store.Release();
  writer.join();
  EXPECT_EQ(*tenant->Published()->facts->Count(FactKind::kUser), 1u);
}

// It could not be loaded again.
TEST(TenantRegistryTest, NobodyLeavesWhileTheStoreTakesNoWrites) {
  RuntimeForTest runtime(RegistryOptions{.memory_limit = 1});
  ASSERT_TRUE(runtime.NewTenant("contoso")->Commit(Puts(AllOf(tiny::Tenant())), Any()).ok());
  runtime.store.Break();
  runtime.registry.Trim();
  EXPECT_NE(runtime.registry.FindLoaded("contoso"), nullptr);
  runtime.store.Repair();
  runtime.registry.Trim();
  EXPECT_EQ(runtime.registry.FindLoaded("contoso"), nullptr);
}

}  // namespace
}  // namespace seatwise
