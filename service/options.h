// What `seatwised` is told: flags, and a config file with the same names.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "service/log.h"

namespace seatwise {

// How the server is run; docs/operations.md explains each.
struct ServerOptions {
  std::string data;                            // The folder of the database; made if missing.
  std::string listen = "127.0.0.1:7480";       // gRPC. Empty: in-process only.
  std::string http_listen = "127.0.0.1:7481";  // Metrics and health. Empty ("off"): not served.
  std::string tls_certificate;                 // Files in PEM; both or none.
  std::string tls_key;
  int64_t memory_mib = 1024;  // For loaded tenants; above it, idle ones are dropped.
  int threads = 0;            // For computing; 0: as many as there are processors.
  int retention_days = 90;    // For which revisions of the past can be asked for.
  int drain_seconds = 20;     // For calls that run when the server is told to stop.
  LogLevel log_level = LogLevel::kInfo;
};

// Text for stdout and no server: help, or the version.
struct TextAnswer {
  std::string text;
};

// Reads the command line of `seatwised` with the config file that it names; a flag wins over the
// file. INVALID_ARGUMENT with what is wrong and where: an unknown flag or key, a value outside its
// range, a certificate without a key.
absl::StatusOr<std::variant<ServerOptions, TextAnswer>> ParseServerOptions(int argc,
                                                                           const char* const* argv);

}  // namespace seatwise
