#include "service/tenant_service.h"

#include <memory>

#include "seatwise/v1/tenant_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/grpc_status.h"
#include "service/tenant_calls.h"

namespace seatwise {
namespace {

class TenantService final : public v1::TenantService::Service {
 public:
  explicit TenantService(const TenantCalls& calls) : calls_(calls) {}

  grpc::Status GetTenant(grpc::ServerContext* context, const v1::GetTenantRequest* request,
                         v1::GetTenantResponse* response) override {
    return ToGrpcStatus(calls_.Get(DeadlineOf(*context), *request, *response));
  }
  grpc::Status ListTenants(grpc::ServerContext*, const v1::ListTenantsRequest* request,
                           v1::ListTenantsResponse* response) override {
    return ToGrpcStatus(calls_.List(*request, *response));
  }
  grpc::Status CreateTenant(grpc::ServerContext* context, const v1::CreateTenantRequest* request,
                            v1::CreateTenantResponse* response) override {
    return ToGrpcStatus(calls_.Create(CallerOf(*context), *request, *response));
  }
  grpc::Status UpdateTenant(grpc::ServerContext* context, const v1::UpdateTenantRequest* request,
                            v1::UpdateTenantResponse* response) override {
    return ToGrpcStatus(calls_.Update(CallerOf(*context), *request, *response));
  }
  grpc::Status DeleteTenant(grpc::ServerContext*, const v1::DeleteTenantRequest* request,
                            v1::DeleteTenantResponse* response) override {
    return ToGrpcStatus(calls_.Delete(*request, *response));
  }
  grpc::Status GetTenantStatus(grpc::ServerContext* context,
                               const v1::GetTenantStatusRequest* request,
                               v1::GetTenantStatusResponse* response) override {
    return ToGrpcStatus(calls_.GetStatus(DeadlineOf(*context), *request, *response));
  }

 private:
  const TenantCalls calls_;
};

}  // namespace

OwnedService MakeTenantService(TenantRegistry& registry, const PageTokens& tokens) {
  return {std::make_unique<TenantService>(TenantCalls(registry, tokens)),
          v1::TenantService::service_full_name()};
}

}  // namespace seatwise
