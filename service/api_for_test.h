// All services of the API behind a real gRPC server in this process, over a store in memory. Test
// only.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/check.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "service/call_for_test.h"
#include "service/catalog_services.h"
#include "service/change_service.h"
#include "service/directory_services.h"
#include "service/explain_service.h"
#include "service/license_service.h"
#include "service/owned_service.h"
#include "service/page_token.h"
#include "service/plan_relation_services.h"
#include "service/reconciler.h"
#include "service/reconciliation_service.h"
#include "service/report_service.h"
#include "service/resource_calls.h"
#include "service/runtime_for_test.h"
#include "service/tenant_service.h"
#include "service/transfer_service.h"
#include "service/user_licensing_service.h"
#include "service/watch_service.h"
#include "service/worker_threads.h"

namespace seatwise {

class ApiForTest {
 public:
  ApiForTest() {
    const ResourceCalls calls(runtime.registry, tokens_);
    Add(MakeCatalogServices(calls));
    Add(MakePlanRelationServices(calls));
    Add(MakeDirectoryServices(calls));
    Add(MakeReconciliationServices(runtime.registry, reconciler_, tokens_));
    services_.push_back(MakeTenantService(runtime.registry, tokens_));
    services_.push_back(MakeWatchService(runtime.registry));
    services_.push_back(MakeChangeService(runtime.registry));
    services_.push_back(MakeUserLicensingService(runtime.registry));
    services_.push_back(MakeTransferService(runtime.registry, tokens_));
    services_.push_back(MakeExplainService(runtime.registry, tokens_));
    services_.push_back(
        {MakeLicenseService(runtime.registry, tokens_, workers_), "seatwise.v1.LicenseService"});
    services_.push_back(
        {MakeReportService(runtime.registry, tokens_), "seatwise.v1.ReportService"});
    grpc::ServerBuilder builder;
    for (const OwnedService& service : services_) builder.RegisterService(service.service.get());
    server_ = builder.BuildAndStart();
    SEATWISE_CHECK(server_ != nullptr);
    channel = server_->InProcessChannel({});
  }
  ~ApiForTest() {
    runtime.registry.CloseWatches(absl::UnavailableError("the test ends"));
    channel.reset();
    server_->Shutdown();
  }

  // Calls "TenantService/CreateTenant" and the like.
  grpc::Status Call(absl::string_view method, const google::protobuf::MessageLite& request,
                    google::protobuf::MessageLite& response) {
    return CallForTest(*channel, method, request, response);
  }

  const std::vector<OwnedService>& services() const { return services_; }

  RuntimeForTest runtime;
  std::shared_ptr<grpc::Channel> channel;

 private:
  void Add(std::vector<OwnedService> services) {
    for (OwnedService& service : services) services_.push_back(std::move(service));
  }

  PageTokens tokens_ = PageTokens::WithRandomKey();
  WorkerThreads workers_{2};
  Reconciler reconciler_{runtime.registry};
  std::vector<OwnedService> services_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace seatwise
