// The flags that say which server and which tenant, with their environment variables.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "cli/client.h"

namespace CLI {
class App;
}

namespace seatwise::cli {

// Declared once, then read. Must outlive the parsing.
class ConnectionFlags {
 public:
  // Adds --server, --tls-ca and --db; with `tenant` also --tenant.
  void Declare(CLI::App& verb, bool tenant);

  // Connects to what the flags say, else to what SEATWISE_SERVER or SEATWISE_DB say.
  // INVALID_ARGUMENT if that is nothing, or two things.
  absl::StatusOr<std::unique_ptr<Client>> Connect() const;

  // The id, of --tenant or else SEATWISE_TENANT; empty if there is none.
  std::string Tenant() const;

  // The flags as they were typed, to be pasted into a shell: " --db data --tenant contoso". What
  // the environment says is left out.
  std::string Typed() const;

 private:
  ServerPlace place_;
  std::string tenant_;
};

}  // namespace seatwise::cli
