// The pages for those who watch the server: metrics and health. Read-only, loopback only, and no
// part of the API.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

class CivetServer;

namespace seatwise {

// What one page answers.
struct HttpAnswer {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

// Serves fixed paths until it is destroyed, which takes some milliseconds. GET and HEAD; everything
// else is refused.
class HttpServer {
 public:
  // Called by any thread, several at a time.
  using Page = std::function<HttpAnswer()>;

  // Listens on `address`, "127.0.0.1:9090"; port 0 takes a free one. INVALID_ARGUMENT unless it is
  // a loopback address, UNAVAILABLE if it cannot be listened on.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const std::string& address,
                                                           std::map<std::string, Page> pages);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  int port() const { return port_; }

 private:
  class Handler;

  HttpServer();

  std::map<std::string, std::unique_ptr<Handler>> handlers_;
  std::unique_ptr<CivetServer> server_;  // Stops before its handlers go.
  std::string host_;
  int port_ = 0;
};

}  // namespace seatwise
