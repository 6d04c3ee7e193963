#include "service/explain_service.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/executor.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "seatwise/v1/explain_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/cause_list.h"
#include "service/errors.h"
#include "service/explanation_reply.h"
#include "service/grpc_status.h"
#include "service/license_history.h"
#include "service/list_cache.h"
#include "service/list_rpc.h"
#include "service/names.h"
#include "service/page_token.h"
#include "service/past_state.h"
#include "service/tenant_reads.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

constexpr char kHistory[] = "ListLicenseHistory";
constexpr char kCauses[] = "ListViolationCauses";

// How long fixes of causes are looked for.
constexpr std::chrono::seconds kFixTime{10};

absl::Status CheckForm(const v1::ExplainLicenseRequest& request) {
  if (request.revision() < 0) return FieldError(v1::OUT_OF_RANGE, "revision", "is negative");
  if (request.revision() > 0 && request.min_revision() > 0) {
    return FieldError(v1::CONTRADICTION, "revision", "and min_revision are both set; set one");
  }
  return absl::OkStatus();
}

class ExplainServiceImpl final : public v1::ExplainService::Service {
 public:
  ExplainServiceImpl(TenantRegistry& registry, const PageTokens& tokens)
      : registry_(registry), tokens_(tokens) {}

  grpc::Status ExplainLicense(grpc::ServerContext* context,
                              const v1::ExplainLicenseRequest* request,
                              v1::ExplainLicenseResponse* reply) override {
    return ToGrpcStatus(Explain(*request, DeadlineOf(*context), *reply));
  }

  grpc::Status ListLicenseHistory(grpc::ServerContext* context,
                                  const v1::ListLicenseHistoryRequest* request,
                                  v1::ListLicenseHistoryResponse* reply) override {
    return ToGrpcStatus(ListHistory(*request, DeadlineOf(*context), *reply));
  }

  grpc::Status ListViolationCauses(grpc::ServerContext* context,
                                   const v1::ListViolationCausesRequest* request,
                                   v1::ListViolationCausesResponse* reply) override {
    const auto fill = [&](const TenantState& state, const std::string& tenant,
                          const v1::ListViolationCausesRequest& asked, const std::string& place,
                          size_t page_size, v1::ListViolationCausesResponse& filled) {
      return FillCausePage(state, tenant, asked, place, page_size, filled);
    };
    return ToGrpcStatus(
        AnswerList(kCauses, registry_, tokens_, *request, DeadlineOf(*context), fill, *reply));
  }

 private:
  absl::Status Explain(const v1::ExplainLicenseRequest& request, Deadline deadline,
                       v1::ExplainLicenseResponse& reply) const;
  absl::Status ListHistory(const v1::ListLicenseHistoryRequest& request, Deadline deadline,
                           v1::ListLicenseHistoryResponse& reply) const;
  absl::StatusOr<std::string> FillCausePage(const TenantState& state, const std::string& tenant,
                                            const v1::ListViolationCausesRequest& request,
                                            const std::string& place, size_t page_size,
                                            v1::ListViolationCausesResponse& reply) const;

  TenantRegistry& registry_;
  const PageTokens& tokens_;
  mutable ListCache lists_;
};

absl::Status ExplainServiceImpl::Explain(const v1::ExplainLicenseRequest& request,
                                         Deadline deadline,
                                         v1::ExplainLicenseResponse& reply) const {
  SEATWISE_ASSIGN_OR_RETURN(const FactName name,
                            ParseFactName(request.name(), FactKind::kUser, "name"));
  SEATWISE_RETURN_IF_ERROR(CheckForm(request));
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr now,
                            ReadTenant(registry_, name.tenant, request.min_revision(), deadline));
  InlineExecutor executor;
  const uint64_t revision =
      request.revision() > 0 ? static_cast<uint64_t>(request.revision()) : now->revision;
  SEATWISE_ASSIGN_OR_RETURN(const std::unique_ptr<const PastState> past,
                            StateAt(now, revision, executor));
  const ExplainedState state = {.tenant = name.tenant,
                                .live = past->live(),
                                .facts = past->facts(),
                                .now = registry_.environment().clock.Now()};
  SEATWISE_RETURN_IF_ERROR(
      FillExplanation(state, std::get<UserId>(name.key).value(), request.sku_id(), reply));
  if (request.include_fixes()) SEATWISE_RETURN_IF_ERROR(AddFixes(state, executor, reply));
  reply.set_revision(static_cast<int64_t>(revision));
  if (past->committed_at().has_value()) {
    *reply.mutable_commit_time() = ToTimestamp(*past->committed_at());
  }
  return absl::OkStatus();
}

absl::Status ExplainServiceImpl::ListHistory(const v1::ListLicenseHistoryRequest& request,
                                             Deadline deadline,
                                             v1::ListLicenseHistoryResponse& reply) const {
  SEATWISE_ASSIGN_OR_RETURN(const FactName name,
                            ParseFactName(request.parent(), FactKind::kUser, "parent"));
  HistoryPage page;
  SEATWISE_ASSIGN_OR_RETURN(page.most, PageSizeOf(request.page_size()));
  SEATWISE_ASSIGN_OR_RETURN(const PagePosition position, tokens_.Open(kHistory, request));
  if (!position.place.empty() && !absl::SimpleAtoi(position.place, &page.before)) {
    return InvalidPageTokenError();
  }
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                            ReadTenant(registry_, name.tenant,
                                       MinRevisionOf(request.min_revision(), position), deadline));
  SEATWISE_ASSIGN_OR_RETURN(
      const uint64_t older,
      FillHistory(*state, name.tenant, std::get<UserId>(name.key).value(), page, reply));
  reply.set_revision(static_cast<int64_t>(state->revision));
  if (older > 0) {
    reply.set_next_page_token(tokens_.Make(
        kHistory, request, {.revision = state->revision, .place = absl::StrCat(older)}));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ExplainServiceImpl::FillCausePage(
    const TenantState& state, const std::string& tenant,
    const v1::ListViolationCausesRequest& request, const std::string& place, size_t page_size,
    v1::ListViolationCausesResponse& reply) const {
  CausePage page = {.most = page_size,
                    .fixes_until = Deadline::After(kFixTime),
                    .lists = &lists_,
                    .key = ListKey(tenant, state)};
  if (!place.empty() && !absl::SimpleAtoi(place, &page.begin)) return InvalidPageTokenError();
  const ExplainedState explained = {.tenant = tenant,
                                    .live = state.live,
                                    .facts = *state.facts,
                                    .now = registry_.environment().clock.Now()};
  InlineExecutor executor;
  SEATWISE_ASSIGN_OR_RETURN(const bool more, FillCauses(explained, request, page, executor, reply));
  return more ? absl::StrCat(page.begin + page_size) : "";
}

}  // namespace

OwnedService MakeExplainService(TenantRegistry& registry, const PageTokens& tokens) {
  return {.service = std::make_unique<ExplainServiceImpl>(registry, tokens),
          .name = v1::ExplainService::service_full_name()};
}

}  // namespace seatwise
