#include "service/server.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/process_stats.h"
#include "base/status_macros.h"
#include "base/version.h"
#include "service/errors.h"
#include "service/grpc_server.h"
#include "service/housekeeper.h"
#include "service/http_server.h"
#include "service/metrics.h"
#include "service/readiness.h"
#include "service/services.h"
#include "service/tenant_environment.h"
#include "service/tenant_registry.h"
#include "storage/rocks_store.h"
#include "storage/rocks_store_options.h"
#include "storage/tenant_directory.h"

namespace seatwise {
namespace {

absl::StatusOr<std::string> Contents(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.is_open() || stream.fail()) {
    return absl::NotFoundError(absl::StrCat("cannot read the file '", path, "'"));
  }
  return text;
}

absl::StatusOr<GrpcEndpoint> EndpointOf(const ServerOptions& options) {
  GrpcEndpoint endpoint = {.address = options.listen, .tls = std::nullopt};
  if (options.tls_certificate.empty()) return endpoint;
  TlsKeyPair& pair = endpoint.tls.emplace();
  SEATWISE_ASSIGN_OR_RETURN(pair.certificate_chain, Contents(options.tls_certificate));
  SEATWISE_ASSIGN_OR_RETURN(pair.private_key, Contents(options.tls_key));
  return endpoint;
}

// The store makes its own folder, but not those above it.
absl::Status MakeParent(const std::string& folder) {
  const std::filesystem::path parent = std::filesystem::absolute(folder).parent_path();
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  if (!error) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("cannot make the folder '", parent.string(), "': ", error.message()));
}

}  // namespace

// In the order in which they depend on each other: what is further down goes first.
struct Server::Parts {
  Parts(const ServerOptions& of, Logger::Sink sink)
      : options(of), log(of.log_level, std::move(sink), clock) {}

  const ServerOptions options;
  SystemClock clock;
  Logger log;
  Metrics metrics;
  Readiness readiness{
      [this](ServerState state, const std::string& reason) { Tell(state, reason); }};
  std::unique_ptr<HttpServer> http;
  std::unique_ptr<Store> store;
  std::unique_ptr<TenantDirectory> directory;
  std::optional<TenantRegistry> registry;
  std::optional<Services> services;
  std::unique_ptr<GrpcServer> grpc;
  std::optional<Housekeeper> housekeeper;

  void Tell(ServerState state, const std::string& reason) {
    log.Log(state == ServerState::kHalted ? LogLevel::kError : LogLevel::kInfo, "state changed",
            {{"state", ServerStateName(state)}, {"reason", reason}});
    if (grpc != nullptr) grpc->SetServing(state == ServerState::kServing);
  }

  absl::Status StartHttp();
  absl::Status OpenStore(std::shared_ptr<rocksdb::FileSystem> file_system);
  absl::Status StartGrpc(const GrpcEndpoint& endpoint);
};

absl::Status Server::Parts::StartHttp() {
  if (options.http_listen.empty()) return absl::OkStatus();
  std::map<std::string, HttpServer::Page> pages;
  pages["/metrics"] = [this] {
    return HttpAnswer{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                      .body = metrics.Text()};
  };
  pages["/livez"] = [] { return HttpAnswer{.body = "ok\n"}; };
  pages["/readyz"] = [this] {
    return HttpAnswer{.status = readiness.serving() ? 200 : 503,
                      .body = readiness.ToString() + "\n"};
  };
  SEATWISE_ASSIGN_OR_RETURN(http, HttpServer::Start(options.http_listen, std::move(pages)));
  return absl::OkStatus();
}

absl::Status Server::Parts::OpenStore(std::shared_ptr<rocksdb::FileSystem> file_system) {
  const Stopwatch stopwatch;
  SEATWISE_RETURN_IF_ERROR(MakeParent(options.data));
  SEATWISE_ASSIGN_OR_RETURN(store, OpenRocksStore({.path = options.data,
                                                   .create_if_missing = true,
                                                   .file_system = std::move(file_system)}));
  const std::string note = store->StartNote();
  if (!note.empty()) log.Warning("the store was not closed in order", {{"note", note}});
  SEATWISE_ASSIGN_OR_RETURN(directory, TenantDirectory::Open(*store));
  const int threads = options.threads > 0 ? options.threads : AvailableProcessors();
  registry.emplace(
      *directory,
      TenantEnvironment{
          .store = *store, .clock = clock, .log = log, .metrics = metrics, .threads = threads},
      RegistryOptions{.memory_limit = static_cast<size_t>(options.memory_mib) << 20});
  log.Info("database open", {{"data", options.data}, {"seconds", stopwatch.Seconds()}});
  return absl::OkStatus();
}

absl::Status Server::Parts::StartGrpc(const GrpcEndpoint& endpoint) {
  services.emplace(*registry);
  SEATWISE_ASSIGN_OR_RETURN(grpc, GrpcServer::Start(endpoint, services->all(), metrics, log));
  housekeeper.emplace(*registry, readiness, options.retention_days);
  readiness.Set(ServerState::kServing, "");
  log.Info("serving", {{"version", kVersion},
                       {"port", grpc->port()},
                       {"http_port", http == nullptr ? 0 : http->port()},
                       {"tls", endpoint.tls.has_value()}});
  return absl::OkStatus();
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  if (parts_ != nullptr && parts_->grpc != nullptr) parts_->grpc->Stop(std::chrono::seconds(0));
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options, Logger::Sink sink,
    std::shared_ptr<rocksdb::FileSystem> file_system) {
  // What can be wrong with the options is said before anything is made.
  SEATWISE_ASSIGN_OR_RETURN(const GrpcEndpoint endpoint, EndpointOf(options));
  SEATWISE_RETURN_IF_ERROR(CheckEndpoint(endpoint));
  auto parts = std::make_unique<Parts>(options, std::move(sink));
  SEATWISE_RETURN_IF_ERROR(parts->StartHttp());
  SEATWISE_RETURN_IF_ERROR(parts->OpenStore(std::move(file_system)));
  SEATWISE_RETURN_IF_ERROR(parts->StartGrpc(endpoint));
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return parts_->grpc->InProcessChannel();
}

int Server::port() const { return parts_->grpc->port(); }

int Server::http_port() const { return parts_->http == nullptr ? 0 : parts_->http->port(); }

void Server::Stop(const std::string& reason) {
  parts_->readiness.Set(ServerState::kDraining, reason);
  // Watches would last for ever: their clients resume elsewhere.
  parts_->registry->CloseWatches(NotServingError("it is being stopped"));
  parts_->grpc->Stop(std::chrono::seconds(parts_->options.drain_seconds));
  parts_->log.Info("drained", {{"reason", reason}});
  parts_.reset();
}

}  // namespace seatwise
