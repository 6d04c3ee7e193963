// Each call has the same beats: check the request, find the state, fill the reply, say its
// revision. What is in the reply is worked out by license_reply.h, license_wire.h and
// license_list.h.
#include "service/license_service.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "grpcpp/support/status.h"
#include "seatwise/v1/license_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/errors.h"
#include "service/grpc_status.h"
#include "service/license_list.h"
#include "service/license_reply.h"
#include "service/license_wire.h"
#include "service/list_rpc.h"
#include "service/names.h"
#include "service/page_token.h"
#include "service/raw_call.h"
#include "service/rpc_observer.h"
#include "service/tenant_environment.h"
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

// Get and BatchGet as callbacks, since they are answered at once. Get and List give bytes
// (license_wire.h).
using Base = v1::LicenseService::WithRawCallbackMethod_GetEffectiveLicenses<
    v1::LicenseService::WithRawCallbackMethod_ListEffectiveLicenses<
        v1::LicenseService::WithCallbackMethod_BatchGetEffectiveLicenses<
            v1::LicenseService::Service>>>;

// A GetEffectiveLicensesResponse for a user who exists.
grpc::ByteBuffer ReplyOf(const TenantState& state, uint32_t user, const GetRequest& request) {
  GetResponse reply;
  reply.set_revision(static_cast<int64_t>(state.revision));
  if (request.include_claims() || request.include_effective_plans()) {
    FillReply(*state.live, user, request, reply);
    return ToByteBuffer(reply.SerializeAsString());
  }
  std::string bytes = reply.SerializeAsString();
  AppendLicenses(*state.live, user, bytes);
  return ToByteBuffer(std::move(bytes));
}

// The answer at once, if the tenant is at hand and has the user; nothing if it takes the long way,
// which also says what is wrong.
std::optional<grpc::ByteBuffer> AnswerAtOnce(TenantRegistry& registry, const GetRequest& request) {
  const UserNameView name = SplitPlainUserName(request.name());
  if (name.user.data() == nullptr) return std::nullopt;
  const TenantStatePtr state = ReadLoadedTenant(registry, name.tenant, request.min_revision());
  if (state == nullptr) return std::nullopt;
  const std::optional<uint32_t> user = state->live->FindUser(name.user);
  if (!user) return std::nullopt;
  return ReplyOf(*state, *user, request);
}

absl::StatusOr<grpc::ByteBuffer> Answer(TenantRegistry& registry, const GetRequest& request,
                                        Deadline deadline) {
  SEATWISE_ASSIGN_OR_RETURN(const FactName name,
                            ParseFactName(request.name(), FactKind::kUser, "name"));
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                            ReadTenant(registry, name.tenant, request.min_revision(), deadline));
  const std::optional<uint32_t> user = state->live->FindUser(std::get<UserId>(name.key).value());
  if (!user) return NotFoundError(NameOf(name.tenant, name.key));
  return ReplyOf(*state, *user, request);
}

// Where an answer goes.
struct Outlet {
  grpc::ByteBuffer* bytes;
  grpc::ServerUnaryReactor* reactor;

  void Send(absl::StatusOr<grpc::ByteBuffer> reply, const grpc::Status& status) const {
    if (reply.ok()) *bytes = *std::move(reply);
    reactor->Finish(status);
  }
};

class LicenseServiceImpl final : public Base {
 public:
  LicenseServiceImpl(TenantRegistry& registry, const PageTokens& tokens, WorkerThreads& workers)
      : registry_(registry), tokens_(tokens), workers_(workers) {}

  grpc::ServerUnaryReactor* GetEffectiveLicenses(grpc::CallbackServerContext* context,
                                                 const grpc::ByteBuffer* bytes,
                                                 grpc::ByteBuffer* reply) override {
    const Stopwatch stopwatch;
    const Outlet outlet{reply, context->DefaultReactor()};
    GetRequest request;
    if (const absl::Status read = ReadRequest(*bytes, request); !read.ok()) {
      SendAndTell(outlet, read, stopwatch);
    } else if (std::optional<grpc::ByteBuffer> answer = AnswerAtOnce(registry_, request)) {
      SendAndTell(outlet, *std::move(answer), stopwatch);
    } else {
      const Deadline deadline = DeadlineOf(*context);
      workers_.Run([this, request = std::move(request), outlet, deadline, stopwatch] {
        SendAndTell(outlet, Answer(registry_, request, deadline), stopwatch);
      });
    }
    return outlet.reactor;
  }

  // A page may take milliseconds: other calls must not wait for it.
  grpc::ServerUnaryReactor* ListEffectiveLicenses(grpc::CallbackServerContext* context,
                                                  const grpc::ByteBuffer* bytes,
                                                  grpc::ByteBuffer* reply) override {
    const Outlet outlet{reply, context->DefaultReactor()};
    const Deadline deadline = DeadlineOf(*context);
    workers_.Run([this, bytes, outlet, deadline] {
      absl::StatusOr<grpc::ByteBuffer> page = AnswerPage(*bytes, deadline);
      const grpc::Status status = ToGrpcStatus(page.status());
      outlet.Send(std::move(page), status);
    });
    return outlet.reactor;
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

 private:
  // A batch whose request is well-formed.
  struct BatchStart {
    std::string tenant;
    int64_t min_revision = 0;
    size_t begin = 0;  // The first user that this page answers for.
  };

  // Get is the call that tells of itself (rpc_observer.h).
  void SendAndTell(const Outlet& outlet, absl::StatusOr<grpc::ByteBuffer> reply,
                   const Stopwatch& since) const {
    const TenantEnvironment& environment = registry_.environment();
    // First: the call may be over, and the server with it, once the answer is sent.
    const grpc::Status status = ToGrpcStatus(reply.status());
    TellOfCall(kGetEffectiveLicensesMethod, status, since.Seconds(), environment.metrics,
               environment.log);
    outlet.Send(std::move(reply), status);
  }

  absl::StatusOr<grpc::ByteBuffer> AnswerPage(const grpc::ByteBuffer& bytes,
                                              Deadline deadline) const {
    v1::ListEffectiveLicensesRequest request;
    SEATWISE_RETURN_IF_ERROR(ReadRequest(bytes, request));
    const auto fill = [](const TenantState& state, auto&&... rest) {
      return FillLicensePage(*state.live, *state.facts, rest...);
    };
    LicensePage page;
    SEATWISE_RETURN_IF_ERROR(
        AnswerList("ListEffectiveLicenses", registry_, tokens_, request, deadline, fill, page));
    return ToByteBuffer(std::move(page).Bytes());
  }

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
