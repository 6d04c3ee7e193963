#include "service/grpc_server.h"

#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/address.h"
#include "service/rpc_observer.h"

namespace seatwise {
namespace {

constexpr int kMillisecond = 1;
constexpr int kSecond = 1000 * kMillisecond;

// gRPC's own switches are global and work on builders that are made later. What gRPC logs is in a
// form of its own and about clients, such as handshakes that fail: it is dropped, unless somebody
// asks for it in gRPC's own way.
void SetUpGrpc() {
  static const bool kDone = [] {
    if (std::getenv("GRPC_VERBOSITY") == nullptr) {
      gpr_set_log_function([](gpr_log_func_args*) {});
    }
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(kDone);
}

std::shared_ptr<grpc::ServerCredentials> Credentials(const GrpcEndpoint& endpoint) {
  if (!endpoint.tls.has_value()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back(
      {.private_key = endpoint.tls->private_key, .cert_chain = endpoint.tls->certificate_chain});
  return grpc::SslServerCredentials(options);
}

// Every call that runs has a thread.
constexpr int kMostThreads = 1024;

// A client that says nothing is asked after a minute, and dropped if it does not answer. One that
// asks us more often than every 10 seconds is dropped as well.
void LimitConnections(grpc::ServerBuilder& builder) {
  builder.SetResourceQuota(grpc::ResourceQuota("server").SetMaxThreads(kMostThreads));
  builder.SetMaxReceiveMessageSize(kMostRequestBytes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60 * kSecond);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20 * kSecond);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10 * kSecond);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 3);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 1000);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 16 << 10);
  // Two servers on one port would share its calls without anybody noticing.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

}  // namespace

absl::Status CheckEndpoint(const GrpcEndpoint& endpoint) {
  if (endpoint.address.empty()) return absl::OkStatus();
  if (!IsAddress(endpoint.address)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "'", endpoint.address, "' is no address; it has to be HOST:PORT, as in 127.0.0.1:7480"));
  }
  if (IsLoopback(endpoint.address) || endpoint.tls.has_value()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "without TLS the server listens on loopback only, and '", endpoint.address,
      "' can be reached by others; give it a certificate and a key, or an address like "
      "127.0.0.1:7480"));
}

GrpcServer::GrpcServer() = default;

GrpcServer::~GrpcServer() { Stop(std::chrono::milliseconds(0)); }

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(
    const GrpcEndpoint& endpoint, const std::vector<OwnedService>& services, Metrics& metrics,
    Logger& log) {
  const absl::Status checked = CheckEndpoint(endpoint);
  if (!checked.ok()) return checked;
  SetUpGrpc();
  std::unique_ptr<GrpcServer> server(new GrpcServer());
  grpc::ServerBuilder builder;
  if (!endpoint.address.empty()) {
    builder.AddListeningPort(endpoint.address, Credentials(endpoint), &server->port_);
  }
  for (const OwnedService& owned : services) {
    builder.RegisterService(owned.service.get());
    server->names_.push_back(owned.name);
  }
  LimitConnections(builder);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> observers;
  observers.push_back(MakeRpcObserver(metrics, log));
  builder.experimental().SetInterceptorCreators(std::move(observers));
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || (!endpoint.address.empty() && server->port_ == 0)) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on '", endpoint.address,
                     "'; is another server running there, or are certificate and key no PEM "
                     "files that belong together?"));
  }
  server->SetServing(false);
  return server;
}

void GrpcServer::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  if (health == nullptr) return;
  health->SetServingStatus(serving);
  // The call above reaches only services that have been named before.
  health->SetServingStatus("", serving);
  for (const std::string& name : names_) health->SetServingStatus(name, serving);
}

std::shared_ptr<grpc::Channel> GrpcServer::InProcessChannel() {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

void GrpcServer::Stop(std::chrono::milliseconds grace) {
  if (server_ == nullptr || stopped_) return;
  stopped_ = true;
  SetServing(false);
  server_->Shutdown(
      gpr_time_add(gpr_now(GPR_CLOCK_REALTIME), gpr_time_from_millis(grace.count(), GPR_TIMESPAN)));
  server_->Wait();
}

}  // namespace seatwise
