// Pages over HTTP for this machine: metrics and health for those who watch the server, and what
// `seatwise ui` shows. Read-only, loopback only, and no part of the API.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

class CivetServer;

namespace seatwise {

// What is asked for. Texts are as they were sent.
struct HttpRequest {
  std::string path;
  std::string query;  // Behind the '?'.
  std::string host;
  std::string cookie;
  bool head = false;  // Only the head of the answer goes out.
};

// What one page answers.
struct HttpAnswer {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string headers = {};  // More of them, each with its line break.
  std::string body;
};

// Serves pages until it is destroyed, which takes some milliseconds. GET and HEAD; everything
// else is refused.
class HttpServer {
 public:
  // Called by any thread, several at a time.
  using Page = std::function<HttpAnswer()>;
  using Responder = std::function<HttpAnswer(const HttpRequest&)>;

  // Listens on `address`, "127.0.0.1:9090"; port 0 takes a free one. INVALID_ARGUMENT unless it is
  // a loopback address, UNAVAILABLE if it cannot be listened on.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const std::string& address,
                                                           std::map<std::string, Page> pages);
  // The same with one who answers for every path.
  static absl::StatusOr<std::unique_ptr<HttpServer>> StartForAll(const std::string& address,
                                                                 Responder responder);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  int port() const { return port_; }

 private:
  class Handler;

  HttpServer();

  static absl::StatusOr<std::unique_ptr<HttpServer>> Listen(const std::string& address);
  void Add(const std::string& pattern, Responder responder);

  std::map<std::string, std::unique_ptr<Handler>> handlers_;
  std::unique_ptr<CivetServer> server_;  // Stops before its handlers go.
  std::string host_;
  int port_ = 0;
};

}  // namespace seatwise
