#include "service/change_service.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/plan/impact.h"
#include "seatwise/v1/change_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/changes_from_proto.h"
#include "service/errors.h"
#include "service/grpc_status.h"
#include "service/impact.h"
#include "service/names.h"
#include "service/plan_token.h"
#include "service/proto_bytes.h"
#include "service/tenant.h"
#include "service/tenant_message.h"
#include "service/write_call.h"

namespace seatwise {
namespace {

constexpr int kMostChanges = 1000;

// Of one message of rows: far below what clients take.
constexpr size_t kRowsBytes = 1 << 20;

absl::Status CheckForm(const v1::ApplyChangesRequest& request) {
  if (request.changes_size() < 1 || request.changes_size() > kMostChanges) {
    return FieldError(
        v1::OUT_OF_RANGE, "changes",
        absl::StrCat("has ", request.changes_size(), " changes; give 1 to ", kMostChanges));
  }
  if (request.expected_revision() < 0) {
    return FieldError(v1::OUT_OF_RANGE, "expected_revision", "is negative");
  }
  return absl::OkStatus();
}

// What the token says was asked for: the changes, of this tenant.
std::string DigestOf(const v1::ApplyChangesRequest& request) {
  v1::ApplyChangesRequest asked;
  asked.set_parent(request.parent());
  *asked.mutable_changes() = request.changes();
  return ChangesDigest(SameBytesOf(asked));
}

// The plan that the request is to carry out; nothing if it names none.
absl::StatusOr<std::optional<PlanToken>> PlanOf(const v1::ApplyChangesRequest& request) {
  if (request.plan_token().empty()) return std::nullopt;
  std::optional<PlanToken> plan = ParsePlanToken(request.plan_token());
  if (!plan.has_value()) return InvalidPlanTokenError();
  if (plan->changes != DigestOf(request)) {
    return FieldError(
        v1::CONTRADICTION, "plan_token",
        "is of other changes or another tenant, or what these name has changed since; "
        "plan these");
  }
  return plan;
}

// What an answer is made from: nothing if the call is a replay. `limit` is what the removal guard
// is told by.
using Show = std::function<void(const CommitResult& result, int32_t limit,
                                v1::ApplyChangesResponse& response)>;

// All of ApplyChanges but what is shown beside the result.
absl::Status RunChanges(TenantRegistry& registry, const std::string& actor,
                        const v1::ApplyChangesRequest& request, const Show& show,
                        v1::ApplyChangesResponse& response) {
  SEATWISE_ASSIGN_OR_RETURN(const std::string tenant, ParseTenantName(request.parent(), "parent"));
  SEATWISE_RETURN_IF_ERROR(CheckForm(request));
  FieldErrors errors;
  const std::vector<InputChange> changes = InputChangesOf(
      request.changes(), tenant, "changes", registry.environment().clock.Now(), errors);
  SEATWISE_RETURN_IF_ERROR(errors.ToStatus());

  WriteCall call{.actor = actor, .method = MethodOf(request), .tenant = tenant};
  if (request.expected_revision() > 0) {
    call.options.expected_revision = static_cast<uint64_t>(request.expected_revision());
  }
  SEATWISE_ASSIGN_OR_RETURN(call.options.plan, PlanOf(request));
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<int32_t> asked, RemovalLimitOf(request));
  SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> loaded, registry.Get(tenant));
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<int32_t> limit, RemovalLimitIn(*loaded, asked));
  call.options.max_removed_percent = limit;
  call.want = [&](const FactsSnapshot&) -> absl::StatusOr<WriteIntent> {
    return WriteIntent{.changes = changes, .shown = std::nullopt};
  };
  call.answer = [&](const CommitResult& result, const std::optional<Fact>&,
                    google::protobuf::Message& message) {
    auto& answer = static_cast<v1::ApplyChangesResponse&>(message);
    FillResult(tenant, result, *answer.mutable_result());
    if (!result.replayed) show(result, limit.value_or(kRemovalLimit), answer);
  };
  return RunWrite(registry, request, std::move(call), response);
}

std::string TokenText(const v1::ApplyChangesRequest& request, const CommitResult& result) {
  return ToText(PlanTokenOf(DigestOf(request), result.revision, *result.delta, *result.before->live,
                            *result.after->live));
}

// The same question as ApplyChanges has it.
v1::ApplyChangesRequest AsWhatIf(const v1::PlanChangesRequest& request) {
  v1::ApplyChangesRequest what_if;
  what_if.set_parent(request.parent());
  *what_if.mutable_changes() = request.changes();
  what_if.set_expected_revision(request.expected_revision());
  what_if.set_sample_size(request.sample_size());
  if (request.has_max_removed_percent()) {
    what_if.set_max_removed_percent(request.max_removed_percent());
  }
  what_if.set_validate_only(true);
  return what_if;
}

class ChangeService final : public v1::ChangeService::Service {
 public:
  explicit ChangeService(TenantRegistry& registry) : registry_(registry) {}

  grpc::Status ApplyChanges(grpc::ServerContext* context, const v1::ApplyChangesRequest* request,
                            v1::ApplyChangesResponse* response) override {
    return ToGrpcStatus(
        ::seatwise::ApplyChanges(registry_, CallerOf(*context), *request, *response));
  }

  grpc::Status PlanChanges(grpc::ServerContext* context, const v1::PlanChangesRequest* request,
                           grpc::ServerWriter<v1::PlanChangesResponse>* writer) override {
    return ToGrpcStatus(::seatwise::PlanChanges(
        registry_, CallerOf(*context), *request, [&](const v1::PlanChangesResponse& message) {
          return !context->IsCancelled() && writer->Write(message);
        }));
  }

 private:
  TenantRegistry& registry_;
};

}  // namespace

absl::Status ApplyChanges(TenantRegistry& registry, const std::string& actor,
                          const v1::ApplyChangesRequest& request,
                          v1::ApplyChangesResponse& response) {
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample_size, SampleSizeOf(request.sample_size()));
  const auto show = [&](const CommitResult& result, int32_t limit,
                        v1::ApplyChangesResponse& answer) {
    if (request.validate_only() || request.include_impact()) {
      *answer.mutable_impact() = ToProto(*ImpactOf(result), sample_size, limit);
    }
    if (request.validate_only()) answer.set_plan_token(TokenText(request, result));
  };
  return RunChanges(registry, actor, request, show, response);
}

absl::Status PlanChanges(TenantRegistry& registry, const std::string& actor,
                         const v1::PlanChangesRequest& request,
                         absl::FunctionRef<bool(const v1::PlanChangesResponse&)> write) {
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample_size, SampleSizeOf(request.sample_size()));
  const v1::ApplyChangesRequest what_if = AsWhatIf(request);
  std::shared_ptr<const Impact> impact;
  v1::PlanChangesResponse message;
  v1::PlanChangesResponse::Plan& plan = *message.mutable_plan();
  v1::ApplyChangesResponse response;
  const auto show = [&](const CommitResult& result, int32_t limit, v1::ApplyChangesResponse&) {
    impact = ImpactOf(result);
    *plan.mutable_impact() = ToProto(*impact, sample_size, limit);
    plan.set_plan_token(TokenText(what_if, result));
  };
  SEATWISE_RETURN_IF_ERROR(RunChanges(registry, actor, what_if, show, response));
  *plan.mutable_result() = std::move(*response.mutable_result());
  // What the client no longer takes is of no use to anybody.
  if (!write(message) || !request.include_rows()) return absl::OkStatus();
  ForEachRows(*impact, kRowsBytes, [&](const v1::ImpactRows& rows) {
    *message.mutable_rows() = rows;
    return write(message);
  });
  return absl::OkStatus();
}

OwnedService MakeChangeService(TenantRegistry& registry) {
  return {std::make_unique<ChangeService>(registry), v1::ChangeService::service_full_name()};
}

}  // namespace seatwise
