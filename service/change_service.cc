#include "service/change_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "seatwise/v1/change_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/changes_from_proto.h"
#include "service/errors.h"
#include "service/grpc_status.h"
#include "service/impact.h"
#include "service/names.h"
#include "service/plan_token.h"
#include "service/write_call.h"

namespace seatwise {
namespace {

constexpr int kMostChanges = 1000;

absl::Status CheckForm(const v1::ApplyChangesRequest& request) {
  if (request.changes_size() < 1 || request.changes_size() > kMostChanges) {
    return FieldError(
        v1::OUT_OF_RANGE, "changes",
        absl::StrCat("has ", request.changes_size(), " changes; give 1 to ", kMostChanges));
  }
  if (request.expected_revision() < 0) {
    return FieldError(v1::OUT_OF_RANGE, "expected_revision", "is negative");
  }
  if (!request.plan_token().empty() && !IsPlanToken(request.plan_token())) {
    return InvalidPlanTokenError();
  }
  return absl::OkStatus();
}

class ChangeService final : public v1::ChangeService::Service {
 public:
  explicit ChangeService(TenantRegistry& registry) : registry_(registry) {}

  grpc::Status ApplyChanges(grpc::ServerContext* context, const v1::ApplyChangesRequest* request,
                            v1::ApplyChangesResponse* response) override {
    return ToGrpcStatus(
        ::seatwise::ApplyChanges(registry_, CallerOf(*context), *request, *response));
  }

 private:
  TenantRegistry& registry_;
};

}  // namespace

absl::Status ApplyChanges(TenantRegistry& registry, const std::string& actor,
                          const v1::ApplyChangesRequest& request,
                          v1::ApplyChangesResponse& response) {
  SEATWISE_ASSIGN_OR_RETURN(const std::string tenant, ParseTenantName(request.parent(), "parent"));
  SEATWISE_RETURN_IF_ERROR(CheckForm(request));
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample_size, SampleSizeOf(request.sample_size()));
  FieldErrors errors;
  const std::vector<InputChange> changes = InputChangesOf(
      request.changes(), tenant, "changes", registry.environment().clock.Now(), errors);
  SEATWISE_RETURN_IF_ERROR(errors.ToStatus());

  WriteCall call{.actor = actor, .method = MethodOf(request), .tenant = tenant};
  if (request.expected_revision() > 0) {
    call.options.expected_revision = static_cast<uint64_t>(request.expected_revision());
  }
  if (!request.plan_token().empty()) call.options.plan_token = request.plan_token();
  call.want = [&](const FactsSnapshot&) -> absl::StatusOr<WriteIntent> {
    return WriteIntent{.changes = changes, .shown = std::nullopt};
  };
  call.answer = [&](const CommitResult& result, const std::optional<Fact>&,
                    google::protobuf::Message& message) {
    auto& answer = static_cast<v1::ApplyChangesResponse&>(message);
    FillResult(tenant, result, *answer.mutable_result());
    if (result.replayed) return;
    if (request.validate_only() || request.include_impact()) {
      *answer.mutable_impact() =
          ImpactOf(*result.delta, *result.before->live, *result.after->live, sample_size);
    }
    if (request.validate_only()) {
      answer.set_plan_token(PlanToken(*result.delta, *result.before->live, *result.after->live));
    }
  };
  return RunWrite(registry, request, std::move(call), response);
}

OwnedService MakeChangeService(TenantRegistry& registry) {
  return {std::make_unique<ChangeService>(registry), v1::ChangeService::service_full_name()};
}

}  // namespace seatwise
