#include "service/plan_relation_services.h"

#include <memory>

#include "seatwise/v1/plan_relation_service.grpc.pb.h"
#include "service/owned_service.h"

namespace seatwise {
namespace {

class PlanConflictService final : public v1::PlanConflictService::Service {
 public:
  explicit PlanConflictService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetPlanConflict(grpc::ServerContext* context,
                               const v1::GetPlanConflictRequest* request,
                               v1::GetPlanConflictResponse* response) override {
    return calls_.Get(context, FactKind::kPlanConflict, *request, response);
  }
  grpc::Status ListPlanConflicts(grpc::ServerContext* context,
                                 const v1::ListPlanConflictsRequest* request,
                                 v1::ListPlanConflictsResponse* response) override {
    return calls_.List(context, FactKind::kPlanConflict, *request, response);
  }
  grpc::Status CreatePlanConflict(grpc::ServerContext* context,
                                  const v1::CreatePlanConflictRequest* request,
                                  v1::CreatePlanConflictResponse* response) override {
    return calls_.Create(context, FactKind::kPlanConflict, *request, response);
  }
  grpc::Status DeletePlanConflict(grpc::ServerContext* context,
                                  const v1::DeletePlanConflictRequest* request,
                                  v1::DeletePlanConflictResponse* response) override {
    return calls_.Delete(context, FactKind::kPlanConflict, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

class PlanRequirementService final : public v1::PlanRequirementService::Service {
 public:
  explicit PlanRequirementService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetPlanRequirement(grpc::ServerContext* context,
                                  const v1::GetPlanRequirementRequest* request,
                                  v1::GetPlanRequirementResponse* response) override {
    return calls_.Get(context, FactKind::kPlanRequirement, *request, response);
  }
  grpc::Status ListPlanRequirements(grpc::ServerContext* context,
                                    const v1::ListPlanRequirementsRequest* request,
                                    v1::ListPlanRequirementsResponse* response) override {
    return calls_.List(context, FactKind::kPlanRequirement, *request, response);
  }
  grpc::Status CreatePlanRequirement(grpc::ServerContext* context,
                                     const v1::CreatePlanRequirementRequest* request,
                                     v1::CreatePlanRequirementResponse* response) override {
    return calls_.Create(context, FactKind::kPlanRequirement, *request, response);
  }
  grpc::Status DeletePlanRequirement(grpc::ServerContext* context,
                                     const v1::DeletePlanRequirementRequest* request,
                                     v1::DeletePlanRequirementResponse* response) override {
    return calls_.Delete(context, FactKind::kPlanRequirement, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

class PlanProhibitionService final : public v1::PlanProhibitionService::Service {
 public:
  explicit PlanProhibitionService(const ResourceCalls& calls) : calls_(calls) {}

  grpc::Status GetPlanProhibition(grpc::ServerContext* context,
                                  const v1::GetPlanProhibitionRequest* request,
                                  v1::GetPlanProhibitionResponse* response) override {
    return calls_.Get(context, FactKind::kPlanProhibition, *request, response);
  }
  grpc::Status ListPlanProhibitions(grpc::ServerContext* context,
                                    const v1::ListPlanProhibitionsRequest* request,
                                    v1::ListPlanProhibitionsResponse* response) override {
    return calls_.List(context, FactKind::kPlanProhibition, *request, response);
  }
  grpc::Status CreatePlanProhibition(grpc::ServerContext* context,
                                     const v1::CreatePlanProhibitionRequest* request,
                                     v1::CreatePlanProhibitionResponse* response) override {
    return calls_.Create(context, FactKind::kPlanProhibition, *request, response);
  }
  grpc::Status DeletePlanProhibition(grpc::ServerContext* context,
                                     const v1::DeletePlanProhibitionRequest* request,
                                     v1::DeletePlanProhibitionResponse* response) override {
    return calls_.Delete(context, FactKind::kPlanProhibition, *request, response);
  }

 private:
  const ResourceCalls calls_;
};

}  // namespace

std::vector<OwnedService> MakePlanRelationServices(const ResourceCalls& calls) {
  std::vector<OwnedService> services;
  services.push_back(
      {std::make_unique<PlanConflictService>(calls), v1::PlanConflictService::service_full_name()});
  services.push_back({std::make_unique<PlanRequirementService>(calls),
                      v1::PlanRequirementService::service_full_name()});
  services.push_back({std::make_unique<PlanProhibitionService>(calls),
                      v1::PlanProhibitionService::service_full_name()});
  return services;
}

}  // namespace seatwise
