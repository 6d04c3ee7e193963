#include "cli/embedded_server.h"

#include <utility>

#include "base/status_macros.h"
#include "service/log.h"
#include "service/options.h"
#include "service/server.h"

namespace seatwise::cli {
namespace {

class EmbeddedServerImpl final : public EmbeddedServer {
 public:
  explicit EmbeddedServerImpl(std::unique_ptr<Server> server) : server_(std::move(server)) {}
  ~EmbeddedServerImpl() override { server_->Stop("the program ends"); }

  std::shared_ptr<grpc::Channel> Channel() override { return server_->InProcessChannel(); }

 private:
  const std::unique_ptr<Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<EmbeddedServer>> EmbeddedServer::Start(const std::string& db) {
  ServerOptions options;
  options.data = db;
  options.listen = "";
  options.http_listen = "";
  // What matters to the caller is in the answers.
  options.log_level = LogLevel::kError;
  SEATWISE_ASSIGN_OR_RETURN(std::unique_ptr<Server> server, Server::Start(options, StderrSink()));
  return std::make_unique<EmbeddedServerImpl>(std::move(server));
}

}  // namespace seatwise::cli
