// The calls that stream, and operations, through a real server.
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "google/longrunning/operations.grpc.pb.h"
#include "gtest/gtest.h"
#include "seatwise/v1/reconciliation_service.grpc.pb.h"
#include "seatwise/v1/transfer_service.grpc.pb.h"
#include "seatwise/v1/watch_service.grpc.pb.h"
#include "service/api_for_test.h"
#include "service/errors.h"

namespace seatwise {
namespace {

CommitOptions Any() { return {.actor = "test", .method = "Test"}; }

std::shared_ptr<Tenant> Contoso(ApiForTest& api) {
  const auto tenant = api.runtime.NewTenant("contoso");
  EXPECT_TRUE(tenant->Commit(Puts(AllOf(HoldingTenant())), Any()).ok());
  return tenant;
}

// Bob gets or loses e1.
void Flip(Tenant& tenant, int i) {
  const auto assign = Puts({tiny::Assigned(tiny::AUser("bob"), "e1")});
  const auto remove = Deletes({AssignmentKey{UserId("bob"), SkuId("e1")}});
  const auto result = tenant.Commit(i % 2 == 0 ? remove : assign, Any());
  ASSERT_TRUE(result.ok()) << result.status();
}

TEST(StreamsTest, AWatchThatIsCutOffAgainAndAgainMissesNothing) {
  constexpr int kChanges = 60;
  ApiForTest api;
  const auto tenant = Contoso(api);
  std::thread writer([&] {
    for (int i = 0; i < kChanges; ++i) Flip(*tenant, i);
  });
  const auto stub = v1::WatchService::NewStub(api.channel);
  int64_t seen = 1;
  for (int cut = 1; seen < 1 + kChanges; ++cut) {
    grpc::ClientContext context;
    v1::WatchLicensesRequest request;
    request.set_parent("tenants/contoso");
    request.set_after_revision(seen);
    const auto stream = stub->WatchLicenses(&context, request);
    v1::WatchLicensesResponse message;
    for (int i = 0; i < cut && seen < 1 + kChanges && stream->Read(&message); ++i) {
      if (message.has_bookmark()) {
        EXPECT_EQ(message.revision(), seen);  // Every revision changes something here.
        continue;
      }
      EXPECT_EQ(message.revision(), seen + 1);
      EXPECT_TRUE(message.changes().complete());
      ASSERT_GE(message.changes().runs_size(), 1);
      EXPECT_EQ(message.changes().runs(0).user_ids(0), "bob");
      ++seen;
    }
    context.TryCancel();
    stream->Finish();
  }
  writer.join();
  EXPECT_EQ(seen, 1 + kChanges);
}

TEST(StreamsTest, AWatcherIsToldWhatItMissedAndWhenTheServerCloses) {
  ApiForTest api;
  const auto tenant = Contoso(api);
  const auto stub = v1::WatchService::NewStub(api.channel);
  for (const int64_t after : {int64_t{-1}, int64_t{99}}) {
    grpc::ClientContext context;
    v1::WatchLicensesRequest request;
    request.set_parent("tenants/contoso");
    request.set_after_revision(after);
    v1::WatchLicensesResponse message;
    const auto stream = stub->WatchLicenses(&context, request);
    EXPECT_FALSE(stream->Read(&message));
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode(after < 0 ? 3 : 11));
  }
  grpc::ClientContext context;
  v1::WatchLicensesRequest request;
  request.set_parent("tenants/contoso");
  request.add_sku_ids("e3");  // Nothing of what follows.
  request.set_after_revision(1);
  const auto stream = stub->WatchLicenses(&context, request);
  ASSERT_TRUE(tenant->Commit(Puts({tiny::Person("new")}), Any()).ok());
  v1::WatchLicensesResponse message;
  ASSERT_TRUE(stream->Read(&message));
  EXPECT_TRUE(message.has_bookmark());
  EXPECT_EQ(message.revision(), 2);
  api.runtime.registry.CloseWatches(NotServingError("the server closes"));
  while (stream->Read(&message)) {
  }
  const grpc::Status end = stream->Finish();
  EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(InfoOf(end).reason(), "NOT_SERVING");
}

TEST(StreamsTest, WhatIsExportedCanBeImported) {
  ApiForTest api;
  Contoso(api);
  api.runtime.NewTenant("copy");
  const auto stub = v1::TransferService::NewStub(api.channel);
  const auto exported = [&](const std::string& tenant) {
    grpc::ClientContext context;
    v1::ExportRequest request;
    request.set_parent("tenants/" + tenant);
    const auto reader = stub->Export(&context, request);
    v1::ExportResponse all;
    v1::ExportResponse part;
    while (reader->Read(&part)) all.MergeFrom(part);
    EXPECT_TRUE(reader->Finish().ok());
    EXPECT_TRUE(all.complete());
    EXPECT_EQ(all.fact_count(), all.facts_size());
    return all;
  };
  const v1::ExportResponse facts = exported("contoso");

  grpc::ClientContext context;
  const auto stream = stub->Import(&context);
  v1::ImportRequest message;
  v1::ImportResponse answer;
  message.mutable_start()->set_parent("tenants/copy");
  ASSERT_TRUE(stream->Write(message) && stream->Read(&answer) && answer.has_started());
  message.mutable_chunk()->set_number(answer.started().next_chunk());
  *message.mutable_chunk()->mutable_facts() = facts.facts();
  ASSERT_TRUE(stream->Write(message) && stream->Read(&answer) && answer.has_acknowledged());
  message.mutable_finish()->set_mode(v1::ImportRequest::Finish::SNAPSHOT);
  message.mutable_finish()->set_last_chunk(1);
  ASSERT_TRUE(stream->Write(message) && stream->Read(&answer) && answer.has_finished());
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(exported("copy").ShortDebugString(), facts.ShortDebugString());
}

// As over a transport that buffers nothing: the one within a process.
TEST(StreamsTest, AClientMaySendAllChunksBeforeItReads) {
  ApiForTest api;
  api.runtime.NewTenant("contoso");
  const auto stub = v1::TransferService::NewStub(api.channel);
  for (const bool good : {true, false}) {
    grpc::ClientContext context;
    const auto stream = stub->Import(&context);
    v1::ImportRequest message;
    v1::ImportResponse answer;
    message.mutable_start()->set_parent("tenants/contoso");
    ASSERT_TRUE(stream->Write(message) && stream->Read(&answer));
    for (int number = 1; number <= 20; ++number) {
      message.mutable_chunk()->set_number(good || number < 10 ? number : 99);
      message.mutable_chunk()->clear_facts();
      message.mutable_chunk()->add_facts()->mutable_user()->set_user_id(std::to_string(number));
      if (!stream->Write(message)) break;
    }
    message.mutable_finish()->set_mode(v1::ImportRequest::Finish::MERGE);
    message.mutable_finish()->set_last_chunk(20);
    stream->Write(message);
    stream->WritesDone();
    int64_t through = 0;
    while (stream->Read(&answer)) {
      if (!answer.has_acknowledged()) continue;
      EXPECT_GT(answer.acknowledged().through_chunk(), through);
      through = answer.acknowledged().through_chunk();
    }
    const grpc::Status end = stream->Finish();
    EXPECT_EQ(end.ok(), good) << end.error_message();
    if (good) {
      EXPECT_EQ(answer.finished().facts_created(), 20);
    } else {
      EXPECT_EQ(InfoOf(end).reason(), "CHUNK_OUT_OF_ORDER");
    }
  }
}

TEST(StreamsTest, MessagesOutOfOrderEndAnImport) {
  ApiForTest api;
  Contoso(api);
  const auto stub = v1::TransferService::NewStub(api.channel);
  for (const char* tenant : {"contoso", "nobody"}) {
    grpc::ClientContext context;
    const auto stream = stub->Import(&context);
    v1::ImportRequest message;
    message.mutable_start()->set_parent(std::string("tenants/") + tenant);
    stream->Write(message);
    v1::ImportResponse answer;
    if (stream->Read(&answer)) stream->Write(message);  // A second start.
    while (stream->Read(&answer)) {
    }
    const grpc::Status end = stream->Finish();
    EXPECT_FALSE(end.ok());
    EXPECT_EQ(InfoOf(end).domain(), "seatwise");
  }
}

TEST(StreamsTest, AReconciliationIsAnOperation) {
  ApiForTest api;
  Contoso(api);
  google::longrunning::Operation operation;
  v1::RunReconciliationRequest run;
  run.set_parent("tenants/contoso");
  ASSERT_TRUE(api.Call("ReconciliationService/RunReconciliation", run, operation).ok());
  const auto operations = google::longrunning::Operations::NewStub(api.channel);
  grpc::ClientContext context;
  google::longrunning::WaitOperationRequest wait;
  wait.set_name(operation.name());
  ASSERT_TRUE(operations->WaitOperation(&context, wait, &operation).ok());
  ASSERT_TRUE(operation.done());
  v1::Reconciliation found;
  ASSERT_TRUE(operation.response().UnpackTo(&found));
  EXPECT_EQ(found.against_live().licenses(), 0);

  v1::GetReconciliationRequest get;
  get.set_name(found.name());
  v1::GetReconciliationResponse got;
  ASSERT_TRUE(api.Call("ReconciliationService/GetReconciliation", get, got).ok());
  EXPECT_EQ(got.reconciliation().ShortDebugString(), found.ShortDebugString());
  v1::ListReconciliationsRequest list;
  list.set_parent("tenants/contoso");
  v1::ListReconciliationsResponse listed;
  ASSERT_TRUE(api.Call("ReconciliationService/ListReconciliations", list, listed).ok());
  EXPECT_EQ(listed.reconciliations_size(), 1);
}

}  // namespace
}  // namespace seatwise
