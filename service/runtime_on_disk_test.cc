// The runtime over files: what was answered is there after the store is opened again.
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/incremental/live_state.h"
#include "engine/model/derived.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "service/import_stream.h"
#include "service/runtime_for_test.h"
#include "service/staged.pb.h"
#include "service/watch_cursor.h"
#include "storage/store_for_test.h"

namespace seatwise {
namespace {

CommitOptions By(const std::string& actor) { return {.actor = actor, .method = "Test"}; }

TEST(RuntimeOnDiskTest, WhatManyThreadsCommittedIsThereAfterwards) {
  constexpr int kThreads = 4;
  constexpr int kCommits = 25;
  StoreForTest store(StoreKind::kRocks);
  Derived before;
  {
    RuntimeForTest runtime(&*store, {});
    const auto tenant = runtime.NewTenant("contoso");
    ASSERT_TRUE(tenant->Commit(Puts(AllOf(HoldingTenant())), By("ana")).ok());
    std::vector<std::thread> writers;
    for (int thread = 0; thread < kThreads; ++thread) {
      writers.emplace_back([&, thread] {
        const std::string id = "w" + std::to_string(thread);
        for (int i = 0; i < kCommits; ++i) {
          const auto put = Puts({tiny::Person(id), tiny::Member("staff", tiny::AUser(id)),
                                 tiny::Assigned(tiny::AUser(id), "e1")});
          CommitOptions options = By(id);
          options.request = RequestKey{std::to_string(i), "digest"};
          const auto result = tenant->Commit(i % 2 == 0 ? put : Deletes({UserId(id)}), options);
          ASSERT_TRUE(result.ok()) << result.status();
          ASSERT_TRUE(result->errors.empty());
          ASSERT_GE(tenant->Published()->revision, result->revision);
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
    before = ExpandDerived(*tenant->Published()->live);
  }
  store.Reopen();
  RuntimeForTest runtime(&*store, {});
  const auto tenant = runtime.Get("contoso");
  EXPECT_EQ(tenant->Published()->revision, 1u + kThreads * kCommits);
  EXPECT_EQ(ExpandDerived(*tenant->Published()->live), before);
  CommitOptions repeat = By("w0");
  repeat.request = RequestKey{"0", "digest"};
  const auto again = tenant->Commit(Puts({tiny::Person("w0")}), repeat);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->replayed);
  // The journal leads from the first revision to the last.
  auto cursor = WatchCursor::After(tenant, 1);
  ASSERT_TRUE(cursor.ok()) << cursor.status();
  for (uint64_t revision = 2; revision <= 1 + kThreads * kCommits; ++revision) {
    const auto event = cursor->Next(Deadline::Never());
    ASSERT_TRUE(event.ok() && event->has_value());
    ASSERT_EQ((*event)->revision, revision);
  }
}

TEST(RuntimeOnDiskTest, AnImportGoesOnAfterARestart) {
  StoreForTest store(StoreKind::kRocks);
  std::string id;
  const auto take = [](ImportStream& stream, const v1::ImportRequest& message) {
    service::StreamedImportRequest streamed;
    EXPECT_TRUE(streamed.ParseFromString(message.SerializeAsString()));
    const auto answer = stream.Take(streamed);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : v1::ImportResponse();
  };
  v1::ImportRequest start;
  start.mutable_start()->set_parent("tenants/contoso");
  {
    RuntimeForTest runtime(&*store, {});
    runtime.NewTenant("contoso");
    ActiveImports active;
    ImportStream stream(runtime.registry, active, "ana");
    id = take(stream, start).started().import_id();
    v1::ImportRequest chunk;
    chunk.mutable_chunk()->set_number(1);
    chunk.mutable_chunk()->add_facts()->mutable_user()->set_user_id("ana");
    take(stream, chunk);
  }
  store.Reopen();
  RuntimeForTest runtime(&*store, {});
  ActiveImports active;
  ImportStream stream(runtime.registry, active, "ana");
  start.mutable_start()->set_import_id(id);
  EXPECT_EQ(take(stream, start).started().next_chunk(), 2);
  v1::ImportRequest finish;
  finish.mutable_finish()->set_mode(v1::ImportRequest::Finish::MERGE);
  finish.mutable_finish()->set_last_chunk(1);
  EXPECT_EQ(take(stream, finish).finished().facts_created(), 1);
  EXPECT_EQ(runtime.Get("contoso")->Published()->live->user_count(), 1u);
}

}  // namespace
}  // namespace seatwise
