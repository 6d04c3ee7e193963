#include "service/http_server.h"

#include <CivetServer.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "service/address.h"

namespace seatwise {
namespace {

// The part of "HOST:PORT" that getaddrinfo understands.
std::string HostOf(absl::string_view address) {
  absl::string_view host = address.substr(0, address.rfind(':'));
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  return std::string(host);
}

// Connects and hangs up. Nobody there is fine.
void Knock(const std::string& host, int port) {
  addrinfo* found = nullptr;
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host.c_str(), absl::StrCat(port).c_str(), &hints, &found) != 0) return;
  const int descriptor = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor >= 0) {
    static_cast<void>(connect(descriptor, found->ai_addr, found->ai_addrlen));
    close(descriptor);
  }
  freeaddrinfo(found);
}

const char* Reason(int status) {
  if (status == 200) return "OK";
  return status == 503 ? "Service Unavailable" : "Error";
}

std::string TextOf(const char* text) { return text == nullptr ? "" : text; }

HttpRequest RequestOf(mg_connection* connection, bool head) {
  const mg_request_info& info = *mg_get_request_info(connection);
  return {.path = TextOf(info.local_uri),
          .query = TextOf(info.query_string),
          .host = TextOf(mg_get_header(connection, "Host")),
          .cookie = TextOf(mg_get_header(connection, "Cookie")),
          .head = head};
}

}  // namespace

// A page as civetweb wants it.
class HttpServer::Handler final : public CivetHandler {
 public:
  explicit Handler(Responder responder) : responder_(std::move(responder)) {}

  bool handleGet(CivetServer*, mg_connection* connection) override {
    return Send(connection, /*with_body=*/true);
  }
  bool handleHead(CivetServer*, mg_connection* connection) override {
    return Send(connection, /*with_body=*/false);
  }

 private:
  bool Send(mg_connection* connection, bool with_body) {
    const HttpAnswer answer = responder_(RequestOf(connection, /*head=*/!with_body));
    const std::string head = absl::StrCat(
        "HTTP/1.1 ", answer.status, " ", Reason(answer.status),
        "\r\nContent-Type: ", answer.content_type, "\r\nContent-Length: ", answer.body.size(),
        "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n", answer.headers,
        "Connection: close\r\n\r\n");
    mg_write(connection, head.data(), head.size());
    if (with_body) mg_write(connection, answer.body.data(), answer.body.size());
    return true;
  }

  const Responder responder_;
};

HttpServer::HttpServer() = default;

// civetweb looks whether to stop when somebody connects, and every two seconds. So somebody does.
HttpServer::~HttpServer() {
  std::atomic<bool> stopped = server_ == nullptr;
  std::thread knocking([&] {
    while (!stopped) {
      Knock(host_, port_);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  server_.reset();
  stopped = true;
  knocking.join();
}

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Listen(const std::string& address) {
  if (!IsLoopback(address)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "metrics and health are served on loopback only, not on '", address,
        "'; use an address like 127.0.0.1:7481, and a proxy if others have to reach it"));
  }
  CivetCallbacks callbacks;
  // What goes wrong is told by the status; requests are not logged.
  callbacks.log_message = [](const mg_connection*, const char*) { return 1; };
  std::unique_ptr<HttpServer> server(new HttpServer());
  try {
    server->server_ = std::make_unique<CivetServer>(
        std::vector<std::string>{"listening_ports", address, "num_threads", "4",
                                 "request_timeout_ms", "10000", "enable_directory_listing", "no"},
        &callbacks);
  } catch (const CivetException&) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve pages on '", address, "'; is another server running there?"));
  }
  server->host_ = HostOf(address);
  server->port_ = server->server_->getListeningPorts().at(0);
  return server;
}

void HttpServer::Add(const std::string& pattern, Responder responder) {
  auto handler = std::make_unique<Handler>(std::move(responder));
  server_->addHandler(pattern, handler.get());
  handlers_.emplace(pattern, std::move(handler));
}

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const std::string& address,
                                                              std::map<std::string, Page> pages) {
  SEATWISE_ASSIGN_OR_RETURN(std::unique_ptr<HttpServer> server, Listen(address));
  for (auto& [path, page] : pages) {
    server->Add(path + "$", [page = std::move(page)](const HttpRequest&) { return page(); });
  }
  return server;
}

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::StartForAll(const std::string& address,
                                                                    Responder responder) {
  SEATWISE_ASSIGN_OR_RETURN(std::unique_ptr<HttpServer> server, Listen(address));
  server->Add("/**$", std::move(responder));
  return server;
}

}  // namespace seatwise
