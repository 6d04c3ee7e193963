#include "service/watch_cursor.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/runtime_for_test.h"

namespace seatwise {
namespace {

CommitOptions Any() { return {.actor = "ana", .method = "Test"}; }
Deadline Soon() { return Deadline::After(std::chrono::milliseconds(1)); }

// Contoso with a revision for each of `ids`, a member of staff.
std::shared_ptr<Tenant> WithMembers(RuntimeForTest& runtime, int members) {
  const auto tenant = runtime.NewTenant("contoso");
  EXPECT_TRUE(tenant->Commit(Puts(AllOf(tiny::Tenant())), Any()).ok());
  for (int i = 0; i < members; ++i) {
    const std::string id = "m" + std::to_string(i);
    EXPECT_TRUE(
        tenant->Commit(Puts({tiny::Person(id), tiny::Member("staff", tiny::AUser(id))}), Any())
            .ok());
  }
  return tenant;
}

TEST(WatchCursorTest, AWatcherResumesWhereverItWasCutOff) {
  RuntimeForTest runtime(RegistryOptions{.memory_limit = 1});
  WithMembers(runtime, 10);
  runtime.NewTenant("other");  // Pushes it out: what follows comes from the journal.
  const auto tenant = runtime.Get("contoso");
  uint64_t seen = 0;
  for (int cut = 1; seen < 11; ++cut) {
    auto cursor = WatchCursor::After(tenant, seen);
    ASSERT_TRUE(cursor.ok()) << cursor.status();
    for (int i = 0; i < cut && seen < 11; ++i) {
      const auto event = cursor->Next(Soon());
      ASSERT_TRUE(event.ok() && event->has_value());
      EXPECT_EQ((*event)->revision, ++seen);
    }
  }
  auto cursor = WatchCursor::After(tenant, 11);
  EXPECT_EQ((*cursor->Next(Soon())).has_value(), false);
  ASSERT_TRUE(tenant->Commit(Puts({tiny::Person("new")}), Any()).ok());
  EXPECT_EQ((*cursor->Next(Soon()))->revision, 12u);
}

TEST(WatchCursorTest, EventsOfJournalAndMemoryAreTheSame) {
  RuntimeForTest runtime;
  const auto tenant = WithMembers(runtime, 5);
  auto live = WatchCursor::After(tenant, 3);
  RuntimeForTest second(&runtime.store, {});
  auto stored = WatchCursor::After(second.Get("contoso"), 3);
  for (int i = 0; i < 3; ++i) {
    const auto a = *live->Next(Soon());
    const auto b = *stored->Next(Soon());
    ASSERT_TRUE(a.has_value() && b.has_value());
    EXPECT_EQ(a->revision, b->revision);
    EXPECT_EQ(a->committed_at, b->committed_at);
    EXPECT_EQ(*a->delta, *b->delta);
  }
}

TEST(WatchCursorTest, ADeletedUserIsStillNamed) {
  RuntimeForTest runtime;
  const auto tenant = WithMembers(runtime, 1);
  auto cursor = WatchCursor::After(tenant, 1);
  ASSERT_TRUE(tenant->Commit(Deletes({UserId("m0")}), Any()).ok());
  const auto joined = *cursor->Next(Soon());
  ASSERT_TRUE(joined.has_value());
  ASSERT_FALSE(joined->delta->empty());
  EXPECT_EQ(*cursor->UserIdOf(joined->delta->runs.front().users.front()), "m0");
  EXPECT_TRUE(absl::IsDataLoss(cursor->UserIdOf(4711).status()));
}

TEST(WatchCursorTest, WhatWasNeverMadeOrIsPrunedIsSaid) {
  RuntimeForTest runtime;
  const auto tenant = WithMembers(runtime, 5);
  EXPECT_EQ(ReasonOf(WatchCursor::After(tenant, 7).status()), v1::REVISION_NOT_REACHED);
  ASSERT_TRUE(tenant->Prune(Retention{.most_revisions = 2}).ok());
  const auto state = tenant->Published();
  RuntimeForTest second(&runtime.store, {});
  EXPECT_EQ(ReasonOf(WatchCursor::After(second.Get("contoso"), 1).status()), v1::REVISION_PRUNED);
}

}  // namespace
}  // namespace seatwise
