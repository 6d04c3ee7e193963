// The server as a whole: a store, its tenants, the services on them, and what tells of their
// health.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "service/log.h"
#include "service/options.h"

namespace grpc {
class Channel;
}
namespace rocksdb {
class FileSystem;
}

namespace seatwise {

// Serves from Start until Stop. Start and Stop by one thread, the rest by any.
class Server {
 public:
  // Opens the database of the options, and returns when calls are answered. Health and metrics can
  // be asked for while it is being opened. Errors: of the store (in use by another process,
  // damaged, newer), of the addresses, of the certificate's files. `file_system` is for tests whose
  // disk fails; nullptr is the operating system's.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, Logger::Sink sink,
      std::shared_ptr<rocksdb::FileSystem> file_system = nullptr);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  // Stops it without grace, if it runs.
  ~Server();

  // A way in that needs no socket. Nothing of it may be used after Stop.
  std::shared_ptr<grpc::Channel> InProcessChannel();

  // Where it listens; 0: nowhere.
  int port() const;
  int http_port() const;

  // Takes no new calls, lets those that run end within the time of the options, and closes the
  // database. `reason` is for the log.
  void Stop(const std::string& reason);

 private:
  struct Parts;

  explicit Server(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace seatwise
