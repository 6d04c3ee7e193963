#include "service/report_service.h"

#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/status.h"
#include "seatwise/v1/report_service.grpc.pb.h"
#include "service/assignment_reports.h"
#include "service/call_context.h"
#include "service/cost_reports.h"
#include "service/grpc_status.h"
#include "service/list_cache.h"
#include "service/list_rpc.h"
#include "service/names.h"
#include "service/page_token.h"
#include "service/seat_list.h"
#include "service/tenant_reads.h"
#include "service/trend_reports.h"
#include "service/violation_list.h"
#include "storage/facts_snapshot.h"

namespace seatwise {
namespace {

// A page of live state and facts, as AnswerList wants it.
template <typename Request, typename Reply>
auto OnState(absl::StatusOr<std::string> (*fill)(const LiveState&, const FactsView&,
                                                 absl::string_view, const Request&,
                                                 absl::string_view, size_t, Reply&)) {
  return [fill](const TenantState& state, absl::string_view tenant, const Request& request,
                absl::string_view place, size_t page_size, Reply& reply) {
    return fill(*state.live, *state.facts, tenant, request, place, page_size, reply);
  };
}

class ReportServiceImpl final : public v1::ReportService::Service {
 public:
  ReportServiceImpl(TenantRegistry& registry, const PageTokens& tokens)
      : registry_(registry), tokens_(tokens) {}

  grpc::Status ListViolations(grpc::ServerContext* context,
                              const v1::ListViolationsRequest* request,
                              v1::ListViolationsResponse* reply) override {
    return ToGrpcStatus(AnswerList("ListViolations", registry_, tokens_, *request,
                                   DeadlineOf(*context), OnState(&FillViolationPage), *reply));
  }

  grpc::Status ListSeatUsage(grpc::ServerContext* context, const v1::ListSeatUsageRequest* request,
                             v1::ListSeatUsageResponse* reply) override {
    return ToGrpcStatus(AnswerList("ListSeatUsage", registry_, tokens_, *request,
                                   DeadlineOf(*context), OnState(&FillSeatPage), *reply));
  }

  grpc::Status ListDoubleAssignments(grpc::ServerContext* context,
                                     const v1::ListDoubleAssignmentsRequest* request,
                                     v1::ListDoubleAssignmentsResponse* reply) override {
    return ToGrpcStatus(AnswerList("ListDoubleAssignments", registry_, tokens_, *request,
                                   DeadlineOf(*context), &FillDoubleAssignments, *reply));
  }

  grpc::Status ListRedundantAssignments(grpc::ServerContext* context,
                                        const v1::ListRedundantAssignmentsRequest* request,
                                        v1::ListRedundantAssignmentsResponse* reply) override {
    return ToGrpcStatus(AnswerList("ListRedundantAssignments", registry_, tokens_, *request,
                                   DeadlineOf(*context), &FillRedundantAssignments, *reply));
  }

  grpc::Status ListOverlappingSkus(grpc::ServerContext* context,
                                   const v1::ListOverlappingSkusRequest* request,
                                   v1::ListOverlappingSkusResponse* reply) override {
    return ToGrpcStatus(AnswerList("ListOverlappingSkus", registry_, tokens_, *request,
                                   DeadlineOf(*context), &FillOverlappingSkus, *reply));
  }

  grpc::Status ListBlockedAndGuestLicenses(
      grpc::ServerContext* context, const v1::ListBlockedAndGuestLicensesRequest* request,
      v1::ListBlockedAndGuestLicensesResponse* reply) override {
    return ToGrpcStatus(AnswerList("ListBlockedAndGuestLicenses", registry_, tokens_, *request,
                                   DeadlineOf(*context), &FillBlockedAndGuestLicenses, *reply));
  }

  grpc::Status ListCosts(grpc::ServerContext* context, const v1::ListCostsRequest* request,
                         v1::ListCostsResponse* reply) override {
    const auto fill = [&](const TenantState& state, const std::string& tenant,
                          const v1::ListCostsRequest& asked, const std::string& place,
                          size_t page_size, v1::ListCostsResponse& filled) {
      return FillCosts(state, tenant, asked, place, page_size, lists_, filled);
    };
    return ToGrpcStatus(
        AnswerList("ListCosts", registry_, tokens_, *request, DeadlineOf(*context), fill, *reply));
  }

  grpc::Status ListRenewals(grpc::ServerContext* context, const v1::ListRenewalsRequest* request,
                            v1::ListRenewalsResponse* reply) override {
    const auto fill = [&](const TenantState& state, const std::string& tenant,
                          const v1::ListRenewalsRequest& asked, const std::string& place,
                          size_t page_size, v1::ListRenewalsResponse& filled) {
      return FillRenewals(state, tenant, asked, place, page_size, Now(), filled);
    };
    return ToGrpcStatus(AnswerList("ListRenewals", registry_, tokens_, *request,
                                   DeadlineOf(*context), fill, *reply));
  }

  grpc::Status ListSeatForecasts(grpc::ServerContext* context,
                                 const v1::ListSeatForecastsRequest* request,
                                 v1::ListSeatForecastsResponse* reply) override {
    const auto fill = [&](const TenantState& state, const std::string&,
                          const v1::ListSeatForecastsRequest& asked, const std::string& place,
                          size_t page_size, v1::ListSeatForecastsResponse& filled) {
      return FillSeatForecasts(state, asked, place, page_size, Now(), filled);
    };
    return ToGrpcStatus(AnswerList("ListSeatForecasts", registry_, tokens_, *request,
                                   DeadlineOf(*context), fill, *reply));
  }

  grpc::Status ListLicenseChanges(grpc::ServerContext* context,
                                  const v1::ListLicenseChangesRequest* request,
                                  v1::ListLicenseChangesResponse* reply) override {
    return ToGrpcStatus(AnswerList("ListLicenseChanges", registry_, tokens_, *request,
                                   DeadlineOf(*context), &FillLicenseChanges, *reply));
  }

  grpc::Status GetGroupStatus(grpc::ServerContext* context,
                              const v1::GetGroupStatusRequest* request,
                              v1::GetGroupStatusResponse* reply) override {
    return ToGrpcStatus(AnswerGroup(*request, DeadlineOf(*context), *reply));
  }

 private:
  Time Now() const { return registry_.environment().clock.Now(); }

  absl::Status AnswerGroup(const v1::GetGroupStatusRequest& request, Deadline deadline,
                           v1::GetGroupStatusResponse& reply) const {
    SEATWISE_ASSIGN_OR_RETURN(const FactName name,
                              ParseFactName(request.name(), FactKind::kGroup, "name"));
    SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                              ReadTenant(registry_, name.tenant, request.min_revision(), deadline));
    SEATWISE_ASSIGN_OR_RETURN(
        reply, GroupStatusReply(*state->live, name.tenant, std::get<GroupId>(name.key).value()));
    reply.set_revision(static_cast<int64_t>(state->revision));
    return absl::OkStatus();
  }

  TenantRegistry& registry_;
  const PageTokens& tokens_;
  ListCache lists_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeReportService(TenantRegistry& registry,
                                                 const PageTokens& tokens) {
  return std::make_unique<ReportServiceImpl>(registry, tokens);
}

}  // namespace seatwise
