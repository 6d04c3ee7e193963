// Calls to a server: one that is running somewhere, or one in this process. gRPC stays behind it.
//
// A failed call is an absl::Status with the code, message and details that the server sent (the
// details are payloads under their type URLs; call_error.h reads them), or UNAVAILABLE if no server
// answered.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "cli/stream.h"

namespace seatwise::cli {

// Where the server is. Exactly one of `server` and `db` is set.
struct ServerPlace {
  std::string server;  // HOST:PORT
  std::string tls_ca;  // PEM file with the certificates to trust; empty: the system's.
  std::string db;      // Folder of a database, to be served in this process.
};

// One thread at a time.
class Client {
 public:
  // INVALID_ARGUMENT if the place makes no sense; errors of starting a server for `db`. A remote
  // server is not asked anything yet.
  static absl::StatusOr<std::unique_ptr<Client>> Connect(const ServerPlace& place);

  virtual ~Client() = default;

  // Calls a method, "seatwise.v1.UserService/GetUser", whose answer is a Response.
  template <typename Response>
  absl::StatusOr<Response> Call(absl::string_view method,
                                const google::protobuf::Message& request) {
    Response response;
    SEATWISE_RETURN_IF_ERROR(CallInto(method, request, response));
    return response;
  }

  // The same where the type of the answer is known at run time only.
  virtual absl::Status CallInto(absl::string_view method, const google::protobuf::Message& request,
                                google::protobuf::Message& response) = 0;

  // Opens a stream. It must end before the client does.
  virtual std::unique_ptr<Stream> Open(absl::string_view method) = 0;
};

}  // namespace seatwise::cli
