// The server in this process, for `--db`.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace grpc {
class Channel;
}

namespace seatwise::cli {

// Serves a database as long as it lives; the destructor lets calls end and closes the database.
class EmbeddedServer {
 public:
  // The folder is made if it is missing. Errors of the database: used by another process, damaged.
  static absl::StatusOr<std::unique_ptr<EmbeddedServer>> Start(const std::string& db);

  virtual ~EmbeddedServer() = default;

  // Must not be used once the server is gone.
  virtual std::shared_ptr<grpc::Channel> Channel() = 0;
};

}  // namespace seatwise::cli
