#include "service/catalog_services.h"

#include <memory>

#include "seatwise/v1/service_plan_service.grpc.pb.h"
#include "seatwise/v1/sku_service.grpc.pb.h"
#include "seatwise/v1/subscription_service.grpc.pb.h"
#include "service/owned_service.h"

namespace seatwise {
namespace {

class ServicePlanService final : public v1::ServicePlanService::Service {
 public:
  explicit ServicePlanService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetServicePlan(grpc::ServerContext* context,
                              const v1::GetServicePlanRequest* request,
                              v1::GetServicePlanResponse* response) override {
    return calls_.Get(context, FactKind::kServicePlan, *request, response);
  }
  grpc::Status ListServicePlans(grpc::ServerContext* context,
                                const v1::ListServicePlansRequest* request,
                                v1::ListServicePlansResponse* response) override {
    return calls_.List(context, FactKind::kServicePlan, *request, response);
  }
  grpc::Status CreateServicePlan(grpc::ServerContext* context,
                                 const v1::CreateServicePlanRequest* request,
                                 v1::CreateServicePlanResponse* response) override {
    return calls_.Create(context, FactKind::kServicePlan, *request, response);
  }
  grpc::Status UpdateServicePlan(grpc::ServerContext* context,
                                 const v1::UpdateServicePlanRequest* request,
                                 v1::UpdateServicePlanResponse* response) override {
    return calls_.Update(context, FactKind::kServicePlan, *request, response);
  }
  grpc::Status DeleteServicePlan(grpc::ServerContext* context,
                                 const v1::DeleteServicePlanRequest* request,
                                 v1::DeleteServicePlanResponse* response) override {
    return calls_.Delete(context, FactKind::kServicePlan, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

class SkuService final : public v1::SkuService::Service {
 public:
  explicit SkuService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetSku(grpc::ServerContext* context, const v1::GetSkuRequest* request,
                      v1::GetSkuResponse* response) override {
    return calls_.Get(context, FactKind::kSku, *request, response);
  }
  grpc::Status ListSkus(grpc::ServerContext* context, const v1::ListSkusRequest* request,
                        v1::ListSkusResponse* response) override {
    return calls_.List(context, FactKind::kSku, *request, response);
  }
  grpc::Status CreateSku(grpc::ServerContext* context, const v1::CreateSkuRequest* request,
                         v1::CreateSkuResponse* response) override {
    return calls_.Create(context, FactKind::kSku, *request, response);
  }
  grpc::Status UpdateSku(grpc::ServerContext* context, const v1::UpdateSkuRequest* request,
                         v1::UpdateSkuResponse* response) override {
    return calls_.Update(context, FactKind::kSku, *request, response);
  }
  grpc::Status DeleteSku(grpc::ServerContext* context, const v1::DeleteSkuRequest* request,
                         v1::DeleteSkuResponse* response) override {
    return calls_.Delete(context, FactKind::kSku, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

class SubscriptionService final : public v1::SubscriptionService::Service {
 public:
  explicit SubscriptionService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetSubscription(grpc::ServerContext* context,
                               const v1::GetSubscriptionRequest* request,
                               v1::GetSubscriptionResponse* response) override {
    return calls_.Get(context, FactKind::kSubscription, *request, response);
  }
  grpc::Status ListSubscriptions(grpc::ServerContext* context,
                                 const v1::ListSubscriptionsRequest* request,
                                 v1::ListSubscriptionsResponse* response) override {
    return calls_.List(context, FactKind::kSubscription, *request, response);
  }
  grpc::Status CreateSubscription(grpc::ServerContext* context,
                                  const v1::CreateSubscriptionRequest* request,
                                  v1::CreateSubscriptionResponse* response) override {
    return calls_.Create(context, FactKind::kSubscription, *request, response);
  }
  grpc::Status UpdateSubscription(grpc::ServerContext* context,
                                  const v1::UpdateSubscriptionRequest* request,
                                  v1::UpdateSubscriptionResponse* response) override {
    return calls_.Update(context, FactKind::kSubscription, *request, response);
  }
  grpc::Status DeleteSubscription(grpc::ServerContext* context,
                                  const v1::DeleteSubscriptionRequest* request,
                                  v1::DeleteSubscriptionResponse* response) override {
    return calls_.Delete(context, FactKind::kSubscription, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

}  // namespace

std::vector<OwnedService> MakeCatalogServices(const ResourceCalls& calls) {
  std::vector<OwnedService> services;
  services.push_back(
      {std::make_unique<ServicePlanService>(calls), v1::ServicePlanService::service_full_name()});
  services.push_back({std::make_unique<SkuService>(calls), v1::SkuService::service_full_name()});
  services.push_back(
      {std::make_unique<SubscriptionService>(calls), v1::SubscriptionService::service_full_name()});
  return services;
}

}  // namespace seatwise
