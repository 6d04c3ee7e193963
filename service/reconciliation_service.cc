#include "service/reconciliation_service.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "google/longrunning/operations.grpc.pb.h"
#include "seatwise/v1/reconciliation_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/errors.h"
#include "service/grpc_status.h"
#include "service/names.h"
#include "service/tenant_reads.h"
#include "service/write_call.h"
#include "storage/documents.h"

namespace seatwise {
namespace {

using google::longrunning::Operation;

absl::StatusOr<v1::Reconciliation> Parsed(const std::string& bytes) {
  v1::Reconciliation run;
  if (!run.ParseFromString(bytes)) return absl::DataLossError("a reconciliation cannot be read");
  return run;
}

class ReconciliationService final : public v1::ReconciliationService::Service {
 public:
  ReconciliationService(TenantRegistry& registry, Reconciler& reconciler, const PageTokens& tokens)
      : registry_(registry), reconciler_(reconciler), tokens_(tokens) {}

  grpc::Status RunReconciliation(grpc::ServerContext* context,
                                 const v1::RunReconciliationRequest* request,
                                 Operation* response) override {
    return ToGrpcStatus(Start(DeadlineOf(*context), *request, *response));
  }
  grpc::Status GetReconciliation(grpc::ServerContext* context,
                                 const v1::GetReconciliationRequest* request,
                                 v1::GetReconciliationResponse* response) override {
    return ToGrpcStatus(Get(DeadlineOf(*context), *request, *response));
  }
  grpc::Status ListReconciliations(grpc::ServerContext*,
                                   const v1::ListReconciliationsRequest* request,
                                   v1::ListReconciliationsResponse* response) override {
    return ToGrpcStatus(List(*request, *response));
  }

 private:
  absl::Status Start(Deadline deadline, const v1::RunReconciliationRequest& request,
                     Operation& response) {
    SEATWISE_ASSIGN_OR_RETURN(const std::string tenant,
                              ParseTenantName(request.parent(), "parent"));
    SEATWISE_ASSIGN_OR_RETURN(response, reconciler_.Start(tenant, request, deadline));
    return absl::OkStatus();
  }

  absl::Status Get(Deadline deadline, const v1::GetReconciliationRequest& request,
                   v1::GetReconciliationResponse& response) {
    SEATWISE_ASSIGN_OR_RETURN(const ChildId name,
                              ParseChildName(request.name(), "reconciliations", "name"));
    SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                              ReadTenant(registry_, name.tenant, request.min_revision(), deadline));
    SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry_.Get(name.tenant));
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                              tenant->documents().Get(kRunsFolder, name.id));
    if (!bytes.has_value()) return NotFoundError(request.name());
    SEATWISE_ASSIGN_OR_RETURN(*response.mutable_reconciliation(), Parsed(*bytes));
    response.set_revision(static_cast<int64_t>(state->revision));
    return absl::OkStatus();
  }

  absl::Status List(const v1::ListReconciliationsRequest& request,
                    v1::ListReconciliationsResponse& response) {
    SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(request.parent(), "parent"));
    SEATWISE_ASSIGN_OR_RETURN(const PagePosition position,
                              tokens_.Open(MethodOf(request), request));
    SEATWISE_ASSIGN_OR_RETURN(const size_t limit, PageSizeOf(request.page_size()));
    SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry_.Get(id));
    SEATWISE_ASSIGN_OR_RETURN(std::vector<Document> found,
                              tenant->documents().List(kRunsFolder, position.place, limit + 1));
    const bool more = found.size() > limit;
    if (more) found.pop_back();
    for (const Document& document : found) {
      SEATWISE_ASSIGN_OR_RETURN(v1::Reconciliation run, Parsed(document.bytes));
      run.mutable_against_live()->clear_sample();
      if (run.has_against_previous()) run.mutable_against_previous()->clear_sample();
      *response.add_reconciliations() = std::move(run);
    }
    if (more) {
      response.set_next_page_token(
          tokens_.Make(MethodOf(request), request, {0, found.back().name}));
    }
    return absl::OkStatus();
  }

  TenantRegistry& registry_;
  Reconciler& reconciler_;
  const PageTokens& tokens_;
};

class Operations final : public google::longrunning::Operations::Service {
 public:
  explicit Operations(Reconciler& reconciler) : reconciler_(reconciler) {}

  grpc::Status GetOperation(grpc::ServerContext*,
                            const google::longrunning::GetOperationRequest* request,
                            Operation* response) override {
    return Answer(reconciler_.Find(request->name()), *response);
  }
  // All of a tenant fit into one page: a server knows about a thousand.
  grpc::Status ListOperations(grpc::ServerContext*,
                              const google::longrunning::ListOperationsRequest* request,
                              google::longrunning::ListOperationsResponse* response) override {
    // AIP-151 has the collection here, older clients its parent.
    const absl::string_view parent = absl::StripSuffix(request->name(), "/operations");
    const absl::StatusOr<std::string> tenant = ParseTenantName(parent, "name");
    if (!tenant.ok()) return ToGrpcStatus(tenant.status());
    for (Operation& operation : reconciler_.List(*tenant)) {
      *response->add_operations() = std::move(operation);
    }
    return grpc::Status::OK;
  }
  grpc::Status WaitOperation(grpc::ServerContext* context,
                             const google::longrunning::WaitOperationRequest* request,
                             Operation* response) override {
    Deadline deadline = DeadlineOf(*context);
    if (request->has_timeout()) {
      deadline =
          deadline.OrBy(Deadline::After(std::chrono::seconds(request->timeout().seconds()) +
                                        std::chrono::nanoseconds(request->timeout().nanos())));
    }
    return Answer(reconciler_.Wait(request->name(), deadline), *response);
  }
  grpc::Status CancelOperation(grpc::ServerContext*,
                               const google::longrunning::CancelOperationRequest*,
                               google::protobuf::Empty*) override {
    return ToGrpcStatus(NotOfferedError("cancelling an operation"));
  }
  grpc::Status DeleteOperation(grpc::ServerContext*,
                               const google::longrunning::DeleteOperationRequest*,
                               google::protobuf::Empty*) override {
    return ToGrpcStatus(NotOfferedError("deleting an operation"));
  }

 private:
  static grpc::Status Answer(absl::StatusOr<Operation> operation, Operation& response) {
    if (!operation.ok()) return ToGrpcStatus(operation.status());
    response = *std::move(operation);
    return grpc::Status::OK;
  }

  Reconciler& reconciler_;
};

}  // namespace

std::vector<OwnedService> MakeReconciliationServices(TenantRegistry& registry,
                                                     Reconciler& reconciler,
                                                     const PageTokens& tokens) {
  std::vector<OwnedService> services;
  services.push_back({std::make_unique<ReconciliationService>(registry, reconciler, tokens),
                      v1::ReconciliationService::service_full_name()});
  services.push_back({std::make_unique<Operations>(reconciler),
                      google::longrunning::Operations::service_full_name()});
  return services;
}

}  // namespace seatwise
