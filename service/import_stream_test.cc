#include "service/import_stream.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "engine/incremental/live_state.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/export_facts.h"
#include "service/facts_to_proto.h"
#include "service/runtime_for_test.h"
#include "service/staged.pb.h"

namespace seatwise {
namespace {

constexpr char kRequestId[] = "3f1c4a52-8b6e-4f60-9d3a-0a1b2c3d4e5f";

// A message as the server reads it.
service::StreamedImportRequest Streamed(const v1::ImportRequest& message) {
  service::StreamedImportRequest streamed;
  EXPECT_TRUE(streamed.ParseFromString(message.SerializeAsString()));
  return streamed;
}

// A client that sends messages to a server.
struct Client {
  explicit Client(RuntimeForTest& runtime) : runtime(runtime) {}

  // A new stream. Answers the number of the chunk that is wanted.
  int64_t Start(const std::string& import_id = "") {
    stream = nullptr;
    stream = std::make_unique<ImportStream>(runtime.registry, active, "ana");
    v1::ImportRequest message;
    message.mutable_start()->set_parent("tenants/contoso");
    message.mutable_start()->set_import_id(import_id);
    const auto answer = stream->Take(Streamed(message));
    status = answer.status();
    if (!answer.ok()) return 0;
    id = answer->started().import_id();
    return answer->started().next_chunk();
  }
  int64_t Send(int64_t number, const std::vector<Fact>& facts) {
    v1::ImportRequest message;
    message.mutable_chunk()->set_number(number);
    for (const Fact& fact : facts) *message.mutable_chunk()->add_facts() = ToBareProto(fact);
    const auto answer = stream->Take(Streamed(message));
    status = answer.status();
    return answer.ok() ? answer->acknowledged().through_chunk() : 0;
  }
  v1::ImportResponse::Finished Finish(const v1::ImportRequest::Finish& finish) {
    v1::ImportRequest message;
    *message.mutable_finish() = finish;
    const auto answer = stream->Take(Streamed(message));
    status = answer.status();
    return answer.ok() ? answer->finished() : v1::ImportResponse::Finished();
  }
  // All of it in one go.
  v1::ImportResponse::Finished Import(const std::vector<Fact>& facts,
                                      v1::ImportRequest::Finish finish) {
    Start();
    Send(1, facts);
    finish.set_last_chunk(1);
    return Finish(finish);
  }

  RuntimeForTest& runtime;
  ActiveImports active;
  std::unique_ptr<ImportStream> stream;
  std::string id;
  absl::Status status;
};

v1::ImportRequest::Finish As(v1::ImportRequest::Finish::Mode mode, int64_t last_chunk = 0) {
  v1::ImportRequest::Finish finish;
  finish.set_mode(mode);
  finish.set_last_chunk(last_chunk);
  return finish;
}
constexpr auto kMerge = v1::ImportRequest::Finish::MERGE;
constexpr auto kSnapshot = v1::ImportRequest::Finish::SNAPSHOT;

std::vector<std::string> Exported(const Tenant& tenant) {
  std::vector<std::string> facts;
  const auto collect = [&](const v1::ExportResponse& message) {
    for (const v1::Fact& fact : message.facts()) facts.push_back(fact.ShortDebugString());
    return true;
  };
  EXPECT_TRUE(ExportFacts(*tenant.Published()->facts, collect).ok());
  return facts;
}

// A tenant of several chunks: users, in staff.
std::vector<std::vector<Fact>> ManyFacts(int users) {
  std::vector<std::vector<Fact>> chunks = {AllOf(HoldingTenant())};
  for (int i = 0; i < users; ++i) {
    if (i % 2'000 == 0) chunks.emplace_back();
    const std::string id = "u" + std::to_string(i);
    chunks.back().push_back(tiny::Person(id));
    chunks.back().push_back(tiny::Member("staff", tiny::AUser(id)));
  }
  return chunks;
}

TEST(ImportStreamTest, NothingIsThereBeforeTheFinishAndThenAllAtOnce) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  EXPECT_EQ(client.Start(), 1);
  const std::vector<Fact> facts = AllOf(HoldingTenant());
  const size_t half = facts.size() / 2;
  // In any order: what is named comes later.
  EXPECT_EQ(client.Send(1, {facts.begin() + static_cast<ptrdiff_t>(half), facts.end()}), 1);
  EXPECT_EQ(client.Send(2, {facts.begin(), facts.begin() + static_cast<ptrdiff_t>(half)}), 2);
  EXPECT_EQ(tenant->Published()->revision, 0u);
  const auto finished = client.Finish(As(kMerge, 2));
  ASSERT_TRUE(client.status.ok()) << client.status;
  EXPECT_EQ(finished.result().revision(), 1);
  EXPECT_EQ(finished.facts_created() + finished.facts_changed(),
            static_cast<int64_t>(facts.size()));
  EXPECT_EQ(finished.impact().licenses_gained(), 1);
  EXPECT_EQ(tenant->Published()->live->user_count(), 2u);
  EXPECT_TRUE(client.stream->finished());
}

TEST(ImportStreamTest, ABrokenStreamResumesAtTheNextChunk) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  client.Start();
  client.Send(1, {tiny::Person("ana")});
  client.Send(3, {tiny::Person("cy")});
  EXPECT_EQ(ReasonOf(client.status), v1::CHUNK_OUT_OF_ORDER);
  const std::string id = client.id;
  {
    Client other(runtime);
    other.active.Take("contoso", id);
    other.Start(id);
    EXPECT_EQ(ReasonOf(other.status), v1::IMPORT_CLOSED);
  }
  EXPECT_EQ(client.Start(id), 2);
  EXPECT_EQ(client.Send(1, {tiny::Person("sent again")}), 1);
  EXPECT_EQ(client.Send(2, {tiny::Person("bob")}), 2);
  client.Finish(As(kMerge, 3));
  EXPECT_EQ(ReasonOf(client.status), v1::CHUNK_OUT_OF_ORDER);
  client.Finish(As(kMerge, 2));
  EXPECT_TRUE(client.status.ok()) << client.status;
  EXPECT_EQ(tenant->Published()->live->user_count(), 2u);
}

TEST(ImportStreamTest, AFinishCanBeRepeatedButNothingElseOfIt) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  client.Start();
  client.Send(1, {tiny::Person("ana")});
  auto finish = As(kMerge, 1);
  finish.set_request_id(kRequestId);
  const auto first = client.Finish(finish);
  client.Start(client.id);
  const auto again = client.Finish(finish);
  ASSERT_TRUE(client.status.ok()) << client.status;
  EXPECT_EQ(again.result().revision(), first.result().revision());
  EXPECT_EQ(again.facts_created(), 1);
  client.Start(client.id);
  client.Send(1, {tiny::Person("bob")});
  EXPECT_EQ(ReasonOf(client.status), v1::IMPORT_CLOSED);
  client.Finish(As(kMerge, 1));
  EXPECT_EQ(ReasonOf(client.status), v1::IMPORT_CLOSED);
  EXPECT_EQ(tenant->Published()->revision, 1u);
}

TEST(ImportStreamTest, AllThatIsWrongIsFoundAndNothingIsStored) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  client.Import({tiny::Person("bad;id"), tiny::Member("nobody", tiny::AUser("no one")),
                 tiny::Product("e3", {"no plan"})},
                As(kMerge));
  EXPECT_EQ(BadRequestOf(client.status).field_violations_size(), 4);
  EXPECT_EQ(BadRequestOf(client.status).field_violations(0).field(),
            "chunks[1].facts[0].user.user_id");
  client.Import({tiny::Person("ana"), tiny::Person("ana")}, As(kMerge));
  EXPECT_EQ(ReasonOf(client.status), v1::REPEATED_KEY);
  client.Import({tiny::Member("nobody", tiny::AUser("no one")), tiny::Product("e3", {"no plan"})},
                As(kMerge));
  EXPECT_EQ(BadRequestOf(client.status).field_violations_size(), 3);
  client.Import({}, {});
  EXPECT_EQ(ReasonOf(client.status), v1::FIELD_REQUIRED);
  EXPECT_EQ(tenant->Published()->revision, 0u);
}

TEST(ImportStreamTest, ASnapshotTakesAwayWhatItDoesNotHave) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  std::vector<Fact> facts = AllOf(HoldingTenant());
  for (int i = 0; i < 20; ++i) facts.push_back(tiny::Person("extra" + std::to_string(i)));
  client.Import(facts, As(kSnapshot));
  ASSERT_TRUE(client.status.ok()) << client.status;
  const auto before = Exported(*tenant);
  EXPECT_EQ(client.Import(facts, As(kSnapshot)).facts_unchanged(),
            static_cast<int64_t>(facts.size()));
  EXPECT_EQ(Exported(*tenant), before);

  facts.pop_back();
  facts.push_back(tiny::Person("new"));
  const auto small = client.Import(facts, As(kSnapshot));
  ASSERT_TRUE(client.status.ok()) << client.status;
  EXPECT_EQ(small.facts_deleted(), 1);
  EXPECT_EQ(small.facts_created(), 1);
  EXPECT_EQ(tenant->Published()->live->FindUser("extra19"), std::nullopt);
}

TEST(ImportStreamTest, AMassRemovalNeedsAnOverride) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  client.Import(AllOf(HoldingTenant()), As(kMerge));
  const uint64_t revision = tenant->Published()->revision;
  auto finish = As(kSnapshot);
  client.Import({tiny::Person("ana")}, finish);
  EXPECT_EQ(ReasonOf(client.status), v1::REMOVAL_GUARD);
  finish.set_validate_only(true);
  const auto planned = client.Import({tiny::Person("ana")}, finish);
  EXPECT_TRUE(planned.blocked_by_removal_guard());
  EXPECT_GT(planned.impact().licenses_lost(), 0);
  EXPECT_EQ(tenant->Published()->revision, revision);
  finish.set_validate_only(false);
  finish.set_override_removal_guard(true);
  finish.set_plan_token(planned.plan_token());
  client.Import({tiny::Person("ana")}, finish);
  ASSERT_TRUE(client.status.ok()) << client.status;
  EXPECT_EQ(Exported(*tenant).size(), 2u);  // The settings, and ana.
}

TEST(ImportStreamTest, APlanOfAFolderIsGoodForTheSameFactsSentAgain) {
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  client.Import(AllOf(HoldingTenant()), As(kMerge));
  const std::vector<Fact> facts = {tiny::Person("new"), tiny::Person("newer"),
                                   tiny::Member("staff", tiny::AUser("new"))};
  auto finish = As(kMerge);
  finish.set_validate_only(true);
  finish.set_include_rows(true);
  const auto planned = client.Import(facts, finish);
  ASSERT_TRUE(client.status.ok()) << client.status;
  int rows = 0;
  EXPECT_TRUE(client.stream->WriteRows([&](const v1::ImportResponse& message) {
    for (const auto& run : message.rows().licenses()) rows += run.user_ids_size();
    return true;
  }));
  EXPECT_EQ(rows, planned.impact().licenses_gained() + planned.impact().licenses_changed());
  EXPECT_GT(rows, 0);
  finish.set_validate_only(false);
  finish.set_plan_token(planned.plan_token());
  client.Import({tiny::Person("other"), facts[0], facts[2]}, finish);
  EXPECT_EQ(ReasonOf(client.status), v1::PLAN_STALE) << "the folder is another one";
  client.Import(facts, finish);
  EXPECT_TRUE(client.status.ok()) << client.status;
  client.Import(facts, finish);
  EXPECT_EQ(ReasonOf(client.status), v1::PLAN_STALE) << "it is done: nothing is left to do";
}

// What an import leaves alone may name what it takes away.
TEST(ImportStreamTest, ASnapshotThatContradictsItselfIsRefused) {
  RuntimeForTest runtime;
  runtime.NewTenant("contoso");
  Client client(runtime);
  std::vector<Fact> facts = AllOf(HoldingTenant());
  client.Import(facts, As(kMerge));
  std::erase_if(facts, [](const Fact& fact) { return KeyOf(fact) == FactKey(UserId("ana")); });
  auto finish = As(kSnapshot);
  finish.set_override_removal_guard(true);
  client.Import(facts, finish);
  EXPECT_EQ(ReasonOf(client.status), v1::MISSING_REFERENCE) << client.status;
}

TEST(ImportStreamTest, AnEmptyTenantIsFilledInBulkAsByTheDoor) {
  const auto chunks = ManyFacts(12'000);
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  client.Start();
  for (size_t i = 0; i < chunks.size(); ++i) client.Send(static_cast<int64_t>(i) + 1, chunks[i]);
  auto finish = As(kSnapshot, static_cast<int64_t>(chunks.size()));
  finish.set_validate_only(true);
  const auto planned = client.Finish(finish);
  ASSERT_TRUE(client.status.ok()) << client.status;
  EXPECT_EQ(tenant->Published()->revision, 0u);
  client.Start(client.id);
  finish.set_validate_only(false);
  finish.set_plan_token(planned.plan_token());
  const auto finished = client.Finish(finish);
  ASSERT_TRUE(client.status.ok()) << client.status;
  EXPECT_EQ(finished.result().revision(), 1);
  EXPECT_EQ(finished.impact().users_affected(), planned.impact().users_affected());
  EXPECT_GT(planned.impact().users_affected(), 0);

  RuntimeForTest second;
  const auto other = second.NewTenant("contoso");
  for (const auto& chunk : chunks) {
    ASSERT_TRUE(other->Commit(Puts(chunk), {.actor = "ana", .method = "Test"}).ok());
  }
  EXPECT_EQ(Exported(*tenant), Exported(*other));
  EXPECT_EQ(ExpandDerived(*tenant->Published()->live), ExpandDerived(*other->Published()->live));
  EXPECT_TRUE(tenant->Commit(Deletes({UserId("u7")}), {.actor = "ana", .method = "Test"}).ok());
}

TEST(ImportStreamTest, ABulkLoadThatIsWrongSaysAllOfIt) {
  auto chunks = ManyFacts(12'000);
  chunks[2].push_back(tiny::Member("nobody", tiny::AUser("u1")));
  chunks[3].push_back(tiny::Member("staff", tiny::AUser("nobody")));
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  Client client(runtime);
  client.Start();
  for (size_t i = 0; i < chunks.size(); ++i) client.Send(static_cast<int64_t>(i) + 1, chunks[i]);
  client.Finish(As(kMerge, static_cast<int64_t>(chunks.size())));
  const auto listed = BadRequestOf(client.status);
  ASSERT_EQ(listed.field_violations_size(), 2) << client.status;
  EXPECT_EQ(listed.field_violations(0).field(), "chunks[3].facts[4000].member.group_id");
  EXPECT_EQ(listed.field_violations(1).field(), "chunks[4].facts[4000].member.user_id");
  EXPECT_EQ(ReasonOf(client.status), v1::MISSING_REFERENCE);
  EXPECT_EQ(tenant->Published()->revision, 0u);
  EXPECT_TRUE(tenant->Commit(Puts({tiny::Person("ana")}), {.actor = "ana", .method = "T"}).ok());
}

}  // namespace
}  // namespace seatwise
