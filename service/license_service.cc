// Each call has the same beats: check the request, find the state, fill the reply, say its
// revision. What is in the reply is worked out by license_reply.h and license_list.h.
#include "service/license_service.h"

#include <optional>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "grpcpp/support/status.h"
#include "seatwise/v1/license_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/errors.h"
#include "service/grpc_status.h"
#include "service/license_list.h"
#include "service/license_reply.h"
#include "service/list_rpc.h"
#include "service/names.h"
#include "service/page_token.h"
#include "service/tenant_reads.h"
#include "service/worker_threads.h"
#include "storage/facts_snapshot.h"

namespace seatwise {
namespace {

constexpr char kBatchGet[] = "BatchGetEffectiveLicenses";

using GetRequest = v1::GetEffectiveLicensesRequest;
using GetResponse = v1::GetEffectiveLicensesResponse;
using BatchRequest = v1::BatchGetEffectiveLicensesRequest;
using BatchResponse = v1::BatchGetEffectiveLicensesResponse;

// Get and BatchGet as callbacks, the rest on gRPC's own threads.
using Base = v1::LicenseService::WithCallbackMethod_GetEffectiveLicenses<
    v1::LicenseService::WithCallbackMethod_BatchGetEffectiveLicenses<v1::LicenseService::Service>>;

// The answer at once, if the tenant is at hand and has the user; false if it takes the long way,
// which also says what is wrong.
bool AnswerAtOnce(TenantRegistry& registry, const GetRequest& request, GetResponse& reply) {
  const UserNameView name = SplitPlainUserName(request.name());
  if (name.user.data() == nullptr) return false;
  const TenantStatePtr state = ReadLoadedTenant(registry, name.tenant, request.min_revision());
  if (state == nullptr) return false;
  const std::optional<uint32_t> user = state->live->FindUser(name.user);
  if (!user) return false;
  FillReply(*state->live, *user, request, reply);
  reply.set_revision(static_cast<int64_t>(state->revision));
  return true;
}

absl::Status Answer(TenantRegistry& registry, const GetRequest& request, Deadline deadline,
                    GetResponse& reply) {
  SEATWISE_ASSIGN_OR_RETURN(const FactName name,
                            ParseFactName(request.name(), FactKind::kUser, "name"));
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                            ReadTenant(registry, name.tenant, request.min_revision(), deadline));
  const std::optional<uint32_t> user = state->live->FindUser(std::get<UserId>(name.key).value());
  if (!user) return NotFoundError(NameOf(name.tenant, name.key));
  FillReply(*state->live, *user, request, reply);
  reply.set_revision(static_cast<int64_t>(state->revision));
  return absl::OkStatus();
}

class LicenseServiceImpl final : public Base {
 public:
  LicenseServiceImpl(TenantRegistry& registry, const PageTokens& tokens, WorkerThreads& workers)
      : registry_(registry), tokens_(tokens), workers_(workers) {}

  grpc::ServerUnaryReactor* GetEffectiveLicenses(grpc::CallbackServerContext* context,
                                                 const GetRequest* request,
                                                 GetResponse* reply) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    if (AnswerAtOnce(registry_, *request, *reply)) {
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
    const Deadline deadline = DeadlineOf(*context);
    workers_.Run([this, request, reply, reactor, deadline] {
      reactor->Finish(ToGrpcStatus(Answer(registry_, *request, deadline, *reply)));
    });
    return reactor;
  }

  grpc::ServerUnaryReactor* BatchGetEffectiveLicenses(grpc::CallbackServerContext* context,
                                                      const BatchRequest* request,
                                                      BatchResponse* reply) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const absl::StatusOr<BatchStart> start = CheckBatch(*request);
    if (!start.ok()) {
      reactor->Finish(ToGrpcStatus(start.status()));
      return reactor;
    }
    if (const TenantStatePtr state =
            ReadLoadedTenant(registry_, start->tenant, start->min_revision)) {
      Fill(*state, *request, *start, *reply);
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
    const Deadline deadline = DeadlineOf(*context);
    workers_.Run([this, start = *start, request, reply, reactor, deadline] {
      const absl::StatusOr<TenantStatePtr> state =
          ReadTenant(registry_, start.tenant, start.min_revision, deadline);
      if (state.ok()) Fill(**state, *request, start, *reply);
      reactor->Finish(ToGrpcStatus(state.status()));
    });
    return reactor;
  }

  grpc::Status ListEffectiveLicenses(grpc::ServerContext* context,
                                     const v1::ListEffectiveLicensesRequest* request,
                                     v1::ListEffectiveLicensesResponse* reply) override {
    const auto fill = [](const TenantState& state, auto&&... rest) {
      return FillLicensePage(*state.live, *state.facts, rest...);
    };
    return ToGrpcStatus(AnswerList("ListEffectiveLicenses", registry_, tokens_, *request,
                                   DeadlineOf(*context), fill, *reply));
  }

 private:
  // A batch whose request is well-formed.
  struct BatchStart {
    std::string tenant;
    int64_t min_revision = 0;
    size_t begin = 0;  // The first user that this page answers for.
  };

  absl::StatusOr<BatchStart> CheckBatch(const BatchRequest& request) const {
    BatchStart start;
    SEATWISE_ASSIGN_OR_RETURN(start.tenant, ParseTenantName(request.parent(), "parent"));
    if (request.user_ids_size() == 0 || request.user_ids_size() > kMaxBatchUsers) {
      return FieldError(
          v1::OUT_OF_RANGE, "user_ids",
          absl::StrCat("has ", request.user_ids_size(), " ids; it takes 1 to ", kMaxBatchUsers));
    }
    SEATWISE_ASSIGN_OR_RETURN(const PagePosition position, tokens_.Open(kBatchGet, request));
    if (!position.place.empty() && !absl::SimpleAtoi(position.place, &start.begin)) {
      return InvalidPageTokenError();
    }
    start.min_revision = MinRevisionOf(request.min_revision(), position);
    return start;
  }

  void Fill(const TenantState& state, const BatchRequest& request, const BatchStart& start,
            BatchResponse& reply) const {
    const size_t next = FillBatch(*state.live, request, start.begin, reply);
    reply.set_revision(static_cast<int64_t>(state.revision));
    if (next == static_cast<size_t>(request.user_ids_size())) return;
    reply.set_next_page_token(tokens_.Make(
        kBatchGet, request, {.revision = state.revision, .place = absl::StrCat(next)}));
  }

  TenantRegistry& registry_;
  const PageTokens& tokens_;
  WorkerThreads& workers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeLicenseService(TenantRegistry& registry,
                                                  const PageTokens& tokens,
                                                  WorkerThreads& workers) {
  return std::make_unique<LicenseServiceImpl>(registry, tokens, workers);
}

}  // namespace seatwise
