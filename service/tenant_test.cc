#include "service/tenant.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/plan_token.h"
#include "service/runtime_for_test.h"
#include "storage/journal.h"

namespace seatwise {
namespace {

CommitOptions By(absl::string_view actor) {
  return {.actor = std::string(actor), .method = "Test"};
}
CommitOptions Once(absl::string_view id, absl::string_view digest = "digest") {
  CommitOptions options = By("ana");
  options.request = RequestKey{std::string(id), std::string(digest)};
  options.reply = [](const CommitResult& result) {
    return "reply of " + std::to_string(result.revision);
  };
  return options;
}

TEST(TenantTest, ACommitIsPublishedWithWhatFollowsFromIt) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  EXPECT_EQ(tenant->Published()->revision, 0u);
  const auto result = tenant->Commit(Puts(AllOf(tiny::Tenant())), By("ana"));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->errors.empty());
  EXPECT_EQ(result->revision, 1u);
  const TenantStatePtr state = tenant->Published();
  EXPECT_EQ(state->revision, 1u);
  EXPECT_EQ(state->facts->revision(), 1u);
  ASSERT_TRUE(state->live->FindUser("bob").has_value());
  EXPECT_EQ(state->live->LicensesOf(*state->live->FindUser("bob")).size(), 2u);
}

TEST(TenantTest, WhatTheDoorRefusesLeavesNoTrace) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  const auto result = tenant->Commit(Puts({tiny::Member("nobody", tiny::AUser("ana"))}), By("ana"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->errors.size(), 2u);
  EXPECT_FALSE(result->wrote);
  EXPECT_EQ(tenant->Published()->revision, 0u);
}

TEST(TenantTest, AWhatIfChangesNothing) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(tenant->Commit(Puts(AllOf(tiny::Tenant())), By("ana")).ok());
  const TenantStatePtr before = tenant->Published();
  CommitOptions what_if = Once("1");
  what_if.validate_only = true;
  const auto result = tenant->Commit(Deletes({UserId("bob")}), what_if);
  ASSERT_TRUE(result.ok());
  EXPECT_FALSE(result->delta->empty());
  EXPECT_FALSE(result->after->live->FindUser("bob").has_value());
  EXPECT_EQ(tenant->Published(), before);
  // Nor is the request id taken.
  EXPECT_TRUE(tenant->Commit(Deletes({UserId("bob")}), Once("1", "other")).ok());
}

TEST(TenantTest, APlanAppliesOnlyIfItsEffectIsTheSame) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(tenant->Commit(Puts(AllOf(tiny::Tenant())), By("ana")).ok());
  CommitOptions what_if = By("ana");
  what_if.validate_only = true;
  const auto planned = tenant->Commit(Deletes({UserId("bob")}), what_if);
  ASSERT_TRUE(planned.ok());
  CommitOptions apply = By("ana");
  apply.plan = PlanTokenOf("", planned->revision, *planned->delta, *planned->before->live,
                           *planned->after->live);
  // Bob has lost what the plan would take.
  ASSERT_TRUE(tenant->Commit(Deletes({AssignmentKey{UserId("bob"), SkuId("e1")}}), By("eve")).ok());
  EXPECT_EQ(ReasonOf(tenant->Commit(Deletes({UserId("bob")}), apply).status()), v1::PLAN_STALE);
  ASSERT_TRUE(tenant->Commit(Puts({tiny::Assigned(tiny::AUser("bob"), "e1")}), By("eve")).ok());
  // Users that come in between do not matter.
  ASSERT_TRUE(tenant->Commit(Puts({tiny::Person("new")}), By("eve")).ok());
  EXPECT_TRUE(tenant->Commit(Deletes({UserId("bob")}), apply).ok());
}

TEST(TenantTest, ARepeatedRequestHasOneEffectAndTheSameAnswer) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  const auto first = tenant->Commit(Puts({tiny::Person("ana")}), Once("1"));
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(first->replayed);
  ASSERT_TRUE(tenant->Commit(Puts({tiny::Person("bob")}), Once("2")).ok());
  const auto again = tenant->Commit(Puts({tiny::Person("ana")}), Once("1"));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->replayed);
  EXPECT_EQ(again->revision, 1u);
  EXPECT_EQ(again->reply, "reply of 1");
  EXPECT_EQ(tenant->Published()->revision, 2u);
  EXPECT_EQ(ReasonOf(tenant->Commit(Puts({tiny::Person("ana")}), Once("1", "x")).status()),
            v1::REQUEST_ID_REUSED);
  // Another actor may use the same id.
  CommitOptions other = Once("1", "x");
  other.actor = "eve";
  EXPECT_FALSE(tenant->Commit(Puts({tiny::Person("ana")}), other)->replayed);
}

TEST(TenantTest, NothingIsPublishedOrAnsweredBeforeItIsDurable) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  runtime.store.Hold();
  std::vector<std::thread> writers;
  for (int i = 0; i < 3; ++i) {
    writers.emplace_back([&, i] {
      const auto result =
          tenant->Commit(Puts({tiny::Person("u" + std::to_string(i))}), Once(std::to_string(i)));
      ASSERT_TRUE(result.ok()) << result.status();
      ASSERT_GE(tenant->Published()->revision, result->revision);
    });
  }
  runtime.store.AwaitWaiters(3);  // All three are applied, one sync will do.
  EXPECT_EQ(tenant->Published()->revision, 0u);
  EXPECT_FALSE(tenant->AtLeast(1, Deadline::After(std::chrono::milliseconds(1))).ok());
  EXPECT_EQ(ReasonOf(tenant->AtLeast(4, Deadline::Never()).status()), v1::REVISION_NOT_REACHED);
  // A repeated request waits for the first one.
  std::thread repeat([&] {
    const auto again = tenant->Commit(Puts({tiny::Person("u0")}), Once("0"));
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->replayed);
    EXPECT_GE(tenant->Published()->revision, again->revision);
  });
  runtime.store.Release();
  for (std::thread& writer : writers) writer.join();
  repeat.join();
  EXPECT_EQ(tenant->Published()->revision, 3u);
  EXPECT_EQ(tenant->Published()->live->user_count(), 3u);
}

TEST(TenantTest, AFailedSyncEndsWritesAndKeepsReads) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(tenant->Commit(Puts({tiny::Person("ana")}), By("ana")).ok());
  runtime.store.Hold();
  std::vector<std::thread> writers;
  for (const char* id : {"bob", "cy"}) {
    writers.emplace_back([&, id] {
      const auto result = tenant->Commit(Puts({tiny::Person(id)}), By("ana"));
      EXPECT_EQ(ReasonOf(result.status()), v1::WRITES_HALTED);
    });
  }
  runtime.store.AwaitWaiters(2);
  runtime.store.Break();
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(tenant->Published()->revision, 1u);
  EXPECT_EQ(tenant->Published()->live->user_count(), 1u);
  EXPECT_FALSE(tenant->health().ok());
  EXPECT_FALSE(runtime.registry.health().ok());
  EXPECT_EQ(ReasonOf(tenant->Commit(Puts({tiny::Person("dee")}), By("ana")).status()),
            v1::WRITES_HALTED);
  EXPECT_FALSE(runtime.lines.empty());
  EXPECT_EQ(runtime.Get("contoso"), tenant);  // Still read from it.

  // The store is back: the tenant is loaded anew, with whatever the store has.
  runtime.store.Repair();
  runtime.store.Release();
  const auto again = runtime.Get("contoso");
  EXPECT_NE(again, tenant);
  EXPECT_TRUE(again->Commit(Puts({tiny::Person("dee")}), By("ana")).ok());
  EXPECT_TRUE(runtime.registry.health().ok());
}

TEST(TenantTest, CommitsOfManyThreadsMakeOneHistory) {
  constexpr int kThreads = 4;
  constexpr int kCommits = 50;
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(tenant->Commit(Puts(AllOf(tiny::Tenant())), By("ana")).ok());
  std::vector<std::thread> writers;
  for (int thread = 0; thread < kThreads; ++thread) {
    writers.emplace_back([&, thread] {
      const std::string id = "w" + std::to_string(thread);
      for (int i = 0; i < kCommits; ++i) {
        const auto put = Puts({tiny::Person(id), tiny::Member("staff", tiny::AUser(id))});
        const auto result = tenant->Commit(i % 2 == 0 ? put : Deletes({UserId(id)}), By(id));
        ASSERT_TRUE(result.ok()) << result.status();
        ASSERT_TRUE(result->errors.empty());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const TenantStatePtr state = tenant->Published();
  EXPECT_EQ(state->revision, 1u + kThreads * kCommits);
  uint64_t next = 1;
  ASSERT_TRUE(ReadJournal(*state->facts, 1, [&](const JournalEntry& entry) {
                return entry.revision == next++;
              }).ok());
  EXPECT_EQ(next, state->revision + 1);
  // What was kept up to date is what a fresh start derives.
  RuntimeForTest second(&runtime.store, {});
  EXPECT_EQ(ExpandDerived(*second.Get("contoso")->Published()->live), ExpandDerived(*state->live));
}

TEST(TenantTest, TimeNeverRunsBackwards) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  runtime.clock.now = Time{5'000'000};
  ASSERT_TRUE(tenant->Commit(Puts({tiny::Person("ana")}), By("ana")).ok());
  runtime.clock.now = Time{2'000'000};
  const auto second = tenant->Commit(Puts({tiny::Person("bob")}), By("ana"));
  EXPECT_EQ(second->committed_at, Time{5'000'000});
}

}  // namespace
}  // namespace seatwise
