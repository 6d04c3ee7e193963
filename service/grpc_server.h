// Runs gRPC services: the address, TLS, health, reflection, limits, and an orderly end.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/log.h"
#include "service/metrics.h"
#include "service/owned_service.h"

namespace grpc {
class Channel;
class Server;
}  // namespace grpc

namespace seatwise {

// PEM texts.
struct TlsKeyPair {
  std::string certificate_chain;
  std::string private_key;
};

// Where a GrpcServer listens.
struct GrpcEndpoint {
  // "127.0.0.1:7480"; port 0 takes a free one. Empty: nowhere, and InProcessChannel is the only way
  // in.
  std::string address;
  std::optional<TlsKeyPair> tls;
};

// INVALID_ARGUMENT: it is no address, or others could reach it and there is no TLS.
absl::Status CheckEndpoint(const GrpcEndpoint& endpoint);

// A message that is larger is refused with RESOURCE_EXHAUSTED. Answers stay below 4 MiB, what
// clients take unless they are told otherwise.
inline constexpr int kMostRequestBytes = 8 << 20;

// Takes calls from Start to Stop. Any thread.
class GrpcServer {
 public:
  // Health is NOT_SERVING until SetServing. Errors of CheckEndpoint; UNAVAILABLE: the address
  // cannot be listened on, or the key pair makes no sense. `services`, `metrics` and `log` must
  // outlive the server.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(
      const GrpcEndpoint& endpoint, const std::vector<OwnedService>& services, Metrics& metrics,
      Logger& log);
  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;
  ~GrpcServer();

  // What grpc.health.v1 says, of the server and of each service.
  void SetServing(bool serving);

  // A channel that needs no socket. Not to be used after Stop: gRPC does not survive it.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // 0 if it listens nowhere.
  int port() const { return port_; }

  // Takes no new calls, lets those that run end, and cancels what is left after `grace`. Returns
  // when all is still. Once; the destructor does it without grace.
  void Stop(std::chrono::milliseconds grace);

 private:
  GrpcServer();

  std::vector<std::string> names_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  bool stopped_ = false;
};

}  // namespace seatwise
