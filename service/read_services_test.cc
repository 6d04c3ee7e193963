// LicenseService and ReportService as callers see them: over gRPC, on a store in memory.
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/check.h"
#include "base/clock.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "google/protobuf/text_format.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/impl/codegen/service_type.h"
#include "gtest/gtest.h"
#include "seatwise/v1/license_service.grpc.pb.h"
#include "seatwise/v1/report_service.grpc.pb.h"
#include "service/grpc_server.h"
#include "service/license_service.h"
#include "service/log.h"
#include "service/metrics.h"
#include "service/owned_service.h"
#include "service/page_token.h"
#include "service/report_service.h"
#include "service/tenant.h"
#include "service/tenant_registry.h"
#include "service/worker_threads.h"
#include "storage/facts_snapshot.h"
#include "storage/memory_store.h"
#include "storage/store.h"
#include "storage/tenant_directory.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {
namespace {

constexpr char kTenant[] = R"(
tenant location=US
sku E3 plans=MAIL,DOCS seats=1
group staff -> E3
ana in staff @1
bob in staff @2
user cy
)";

// Tenants over a store in memory.
struct Runtime {
  std::unique_ptr<Store> store = NewMemoryStore();
  SystemClock clock;
  Logger log{LogLevel::kError, StderrSink(), clock};
  Metrics metrics;
  std::unique_ptr<TenantDirectory> directory = TenantDirectory::Open(*store).value();
  TenantRegistry registry{*directory, {*store, clock, log, metrics}, {}};

  std::shared_ptr<Tenant> NewTenant(const std::string& id) {
    SEATWISE_CHECK(directory->Create(TenantId(id), clock.Now()).ok());
    return registry.Get(id).value();
  }
};

// All facts as puts.
ChangeSet Puts(const Facts& facts) {
  ChangeSet set;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows) set.changes.push_back(Put{row});
  };
  set.changes.push_back(Put{facts.settings});
  add(facts.plans);
  add(facts.skus);
  add(facts.subscriptions);
  add(facts.users);
  add(facts.groups);
  add(facts.memberships);
  add(facts.assignments);
  return set;
}

class ReadServicesTest : public testing::Test {
 protected:
  ReadServicesTest() {
    const auto made = runtime_.NewTenant("a/b")->Commit(
        [](const FactsSnapshot&) { return Puts(worlds::ParseTenant(kTenant)); },
        {.actor = "test", .method = "test"});
    SEATWISE_CHECK(made.ok()) << made.status();
    SEATWISE_CHECK(made->errors.empty());
    revision_ = static_cast<int64_t>(made->revision);
  }

  template <typename Request>
  static Request Read(const std::string& text) {
    Request request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
    return request;
  }

  // "OK", or the reason of an error.
  static std::string Reason(const grpc::Status& status) {
    if (status.ok()) return "OK";
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    if (!details.ParseFromString(status.error_details()) || details.details_size() == 0 ||
        !details.details(0).UnpackTo(&info)) {
      return absl::StrCat("an error without reason: ", status.error_message());
    }
    return info.reason();
  }

  std::string Get(const std::string& request, v1::GetEffectiveLicensesResponse& reply) {
    grpc::ClientContext context;
    return Reason(licenses_->GetEffectiveLicenses(
        &context, Read<v1::GetEffectiveLicensesRequest>(request), &reply));
  }
  std::string Batch(const std::string& request, v1::BatchGetEffectiveLicensesResponse& reply) {
    grpc::ClientContext context;
    return Reason(licenses_->BatchGetEffectiveLicenses(
        &context, Read<v1::BatchGetEffectiveLicensesRequest>(request), &reply));
  }
  std::string List(const v1::ListEffectiveLicensesRequest& request,
                   v1::ListEffectiveLicensesResponse& reply) {
    grpc::ClientContext context;
    return Reason(licenses_->ListEffectiveLicenses(&context, request, &reply));
  }
  std::string Violations(const std::string& request, v1::ListViolationsResponse& reply) {
    grpc::ClientContext context;
    return Reason(
        reports_->ListViolations(&context, Read<v1::ListViolationsRequest>(request), &reply));
  }
  std::string Seats(const std::string& request, v1::ListSeatUsageResponse& reply) {
    grpc::ClientContext context;
    return Reason(
        reports_->ListSeatUsage(&context, Read<v1::ListSeatUsageRequest>(request), &reply));
  }
  std::string Group(const std::string& request, v1::GetGroupStatusResponse& reply) {
    grpc::ClientContext context;
    return Reason(
        reports_->GetGroupStatus(&context, Read<v1::GetGroupStatusRequest>(request), &reply));
  }

  std::vector<OwnedService> Services() {
    std::vector<OwnedService> services;
    services.push_back({MakeLicenseService(runtime_.registry, tokens_, workers_), "l"});
    services.push_back({MakeReportService(runtime_.registry, tokens_), "r"});
    return services;
  }

  Runtime runtime_;
  int64_t revision_ = 0;
  const PageTokens tokens_{"key"};
  WorkerThreads workers_{2};
  std::vector<OwnedService> services_ = Services();
  std::unique_ptr<GrpcServer> server_ =
      GrpcServer::Start({}, services_, runtime_.metrics, runtime_.log).value();
  std::shared_ptr<grpc::Channel> channel_ = server_->InProcessChannel();
  std::unique_ptr<v1::LicenseService::Stub> licenses_ = v1::LicenseService::NewStub(channel_);
  std::unique_ptr<v1::ReportService::Stub> reports_ = v1::ReportService::NewStub(channel_);
};

TEST_F(ReadServicesTest, EachQueryAnswersAndSaysItsRevision) {
  v1::GetEffectiveLicensesResponse get;
  ASSERT_EQ(Get("name: 'tenants/a%2Fb/users/ana'", get), "OK");
  EXPECT_EQ(get.revision(), revision_);
  ASSERT_EQ(get.licenses_size(), 1);
  EXPECT_EQ(get.licenses(0).sku_id(), "E3");
  EXPECT_EQ(get.licenses(0).state(), v1::EffectiveLicense::ACTIVE);

  v1::BatchGetEffectiveLicensesResponse batch;
  ASSERT_EQ(Batch("parent: 'tenants/a%2Fb' user_ids: ['bob', 'nobody']", batch), "OK");
  EXPECT_EQ(batch.revision(), revision_);
  ASSERT_EQ(batch.users_size(), 2);
  EXPECT_EQ(batch.licenses(batch.users(0).license_indexes(0)).state(), v1::EffectiveLicense::ERROR);
  EXPECT_TRUE(batch.users(1).missing());
  EXPECT_EQ(batch.next_page_token(), "");

  v1::ListViolationsResponse violations;
  ASSERT_EQ(Violations("parent: 'tenants/a%2Fb'", violations), "OK");
  EXPECT_EQ(violations.revision(), revision_);
  ASSERT_EQ(violations.rows_size(), 1);
  EXPECT_EQ(violations.rows(0).item().violations(0).count().place(), 1);

  v1::ListSeatUsageResponse seats;
  ASSERT_EQ(Seats("parent: 'tenants/a%2Fb' include_subscriptions: true", seats), "OK");
  EXPECT_EQ(seats.revision(), revision_);
  EXPECT_EQ(seats.rows(0).seats().waiting(), 1);
  EXPECT_EQ(seats.rows(0).subscriptions_size(), 1);

  v1::GetGroupStatusResponse group;
  ASSERT_EQ(Group("name: 'tenants/a%2Fb/groups/staff'", group), "OK");
  EXPECT_EQ(group.revision(), revision_);
  EXPECT_EQ(group.fully_licensed(), 1);
}

TEST_F(ReadServicesTest, ATenantThatIsNotInMemoryIsLoaded) {
  v1::GetEffectiveLicensesResponse get;
  runtime_.registry.Forget("a/b");
  EXPECT_EQ(Get("name: 'tenants/a%2Fb/users/ana'", get), "OK");
  v1::BatchGetEffectiveLicensesResponse batch;
  runtime_.registry.Forget("a/b");
  EXPECT_EQ(Batch("parent: 'tenants/a%2Fb' user_ids: 'ana'", batch), "OK");
  EXPECT_EQ(batch.licenses_size(), 1);
}

TEST_F(ReadServicesTest, EveryCallIsCountedOnce) {
  v1::GetEffectiveLicensesResponse get;
  EXPECT_EQ(Get("name: 'tenants/a%2Fb/users/ana'", get), "OK");
  EXPECT_EQ(Get("name: 'tenants/a%2Fb/users/ana' include_claims: true", get), "OK");
  EXPECT_EQ(get.claims_size(), 1);
  EXPECT_EQ(Get("name: 'tenants/a%2Fb/users/nobody'", get), "NOT_FOUND");
  v1::ListEffectiveLicensesResponse list;
  EXPECT_EQ(List(Read<v1::ListEffectiveLicensesRequest>("parent: 'tenants/a%2Fb'"), list), "OK");
  server_->Stop(std::chrono::milliseconds(0));
  const std::string text = runtime_.metrics.Text();
  const auto line = [](const std::string& code, const std::string& method, int count) {
    return absl::StrCat("grpc_server_handled_total{grpc_code=\"", code, "\",grpc_method=\"", method,
                        "\",grpc_service=\"seatwise.v1.LicenseService\"} ", count, "\n");
  };
  for (const std::string& want :
       {line("OK", "GetEffectiveLicenses", 2), line("NOT_FOUND", "GetEffectiveLicenses", 1),
        line("OK", "ListEffectiveLicenses", 1)}) {
    EXPECT_TRUE(absl::StrContains(text, want)) << want << text;
  }
}

TEST_F(ReadServicesTest, PagesFollowTheirTokens) {
  auto request = Read<v1::ListEffectiveLicensesRequest>("parent: 'tenants/a%2Fb' page_size: 1");
  std::vector<std::string> users;
  do {
    v1::ListEffectiveLicensesResponse reply;
    ASSERT_EQ(List(request, reply), "OK");
    for (const auto& row : reply.rows()) users.push_back(row.user_id());
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(absl::StrJoin(users, " "), "ana bob");

  v1::ListEffectiveLicensesResponse reply;
  ASSERT_EQ(List(request, reply), "OK");
  request.set_page_token(reply.next_page_token());
  request.set_sku_id("E3");
  EXPECT_EQ(List(request, reply), "INVALID_PAGE_TOKEN");
}

// Bad input at every rpc: the reason tells.
TEST_F(ReadServicesTest, WhatCannotBeAnsweredSaysWhy) {
  const std::string ahead = absl::StrCat(" min_revision: ", revision_ + 1);
  const struct {
    std::string get, reason;
  } names[] = {
      {"", "FIELD_REQUIRED"},
      {"name: 'ana'", "INVALID_RESOURCE_NAME"},
      {"name: 'tenants/a%2Fb/skus/ana'", "INVALID_RESOURCE_NAME"},
      {"name: 'tenants/a%2Fb/users/nobody'", "NOT_FOUND"},
      {"name: 'tenants/none/users/ana'", "NOT_FOUND"},
      {"name: 'tenants/none/groups/staff'", "NOT_FOUND"},
      {"name: 'tenants/a%2Fb/groups/nobody'", "NOT_FOUND"},
      {"name: 'tenants/a%2Fb/users/ana'" + ahead, "REVISION_NOT_REACHED"},
      {"name: 'tenants/a%2Fb/users/ana' min_revision: -1", "OUT_OF_RANGE"},
      {"name: 'tenants/a%2Fb/groups/staff'" + ahead, "REVISION_NOT_REACHED"},
  };
  for (const auto& c : names) {
    v1::GetEffectiveLicensesResponse get;
    v1::GetGroupStatusResponse group;
    const bool is_group = absl::StrContains(c.get, "/groups/");
    EXPECT_EQ(is_group ? Group(c.get, group) : Get(c.get, get), c.reason) << c.get;
    EXPECT_NE(is_group ? Get(c.get, get) : Group(c.get, group), "OK") << c.get;
  }
  const struct {
    std::string list, reason;
  } lists[] = {
      {"", "FIELD_REQUIRED"},
      {"parent: 'tenants/a%2Fb/users/u'", "INVALID_RESOURCE_NAME"},
      {"parent: 'tenants/none'", "NOT_FOUND"},
      {"parent: 'tenants/a%2Fb' page_token: 'x'", "INVALID_PAGE_TOKEN"},
      {"parent: 'tenants/a%2Fb'" + ahead, "REVISION_NOT_REACHED"},
      {"parent: 'tenants/a%2Fb' min_revision: -1", "OUT_OF_RANGE"},
  };
  for (const auto& c : lists) {
    v1::ListViolationsResponse violations;
    v1::ListSeatUsageResponse seats;
    v1::ListEffectiveLicensesResponse licenses;
    v1::BatchGetEffectiveLicensesResponse batch;
    EXPECT_EQ(Violations(c.list, violations), c.reason) << c.list;
    EXPECT_EQ(Seats(c.list, seats), c.reason) << c.list;
    EXPECT_EQ(List(Read<v1::ListEffectiveLicensesRequest>(c.list), licenses), c.reason) << c.list;
    EXPECT_EQ(Batch(c.list + " user_ids: 'ana'", batch), c.reason) << c.list;
  }
  v1::ListSeatUsageResponse seats;
  EXPECT_EQ(Seats("parent: 'tenants/a%2Fb' page_size: -1", seats), "OUT_OF_RANGE");
  v1::BatchGetEffectiveLicensesResponse batch;
  EXPECT_EQ(Batch("parent: 'tenants/a%2Fb'", batch), "OUT_OF_RANGE");
  std::string too_many = "parent: 'tenants/a%2Fb'";
  for (int i = 0; i <= 1000; ++i) absl::StrAppend(&too_many, " user_ids: 'u'");
  EXPECT_EQ(Batch(too_many, batch), "OUT_OF_RANGE");
}

}  // namespace
}  // namespace seatwise
