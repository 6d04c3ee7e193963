#include "service/http_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace seatwise {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// What the server answers to a request as it stands, until it closes the connection.
std::string Ask(int port, const std::string& request) {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(send(descriptor, request.data(), request.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4096];
  for (ssize_t n; (n = recv(descriptor, buffer, sizeof buffer, 0)) > 0;) {
    answer.append(buffer, static_cast<size_t>(n));
  }
  close(descriptor);
  return answer;
}

std::string Get(int port, const std::string& path, const std::string& method = "GET") {
  return Ask(port, absl::StrCat(method, " ", path,
                                " HTTP/1.1\r\nHost: localhost\r\n"
                                "Connection: close\r\n\r\n"));
}

class HttpServerTest : public testing::Test {
 protected:
  HttpServerTest() {
    absl::StatusOr<std::unique_ptr<HttpServer>> started = HttpServer::Start(
        "127.0.0.1:0",
        {{"/livez", [] { return HttpAnswer{.body = "ok\n"}; }},
         {"/readyz", [] { return HttpAnswer{.status = 503, .body = "halted: disk\n"}; }}});
    EXPECT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
  }

  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, PagesAnswerWithTheirStatusAndBody) {
  EXPECT_THAT(Get(server_->port(), "/livez"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(Get(server_->port(), "/livez"), testing::EndsWith("\r\n\r\nok\n"));
  EXPECT_THAT(Get(server_->port(), "/readyz"), StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
  EXPECT_THAT(Get(server_->port(), "/livez", "HEAD"), testing::EndsWith("\r\n\r\n"));
}

TEST_F(HttpServerTest, EverythingElseIsRefused) {
  for (const char* path : {"/", "/other", "/livez/x", "/../../etc/passwd"}) {
    EXPECT_THAT(Get(server_->port(), path), StartsWith("HTTP/1.1 4")) << path;
  }
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    EXPECT_THAT(Get(server_->port(), "/livez", method), StartsWith("HTTP/1.1 4")) << method;
  }
  EXPECT_THAT(Ask(server_->port(), "nonsense\r\n\r\n"), Not(HasSubstr("ok\n")));
  EXPECT_THAT(Get(server_->port(), "/livez"), HasSubstr("ok\n"));
}

TEST(HttpServerStartTest, AnAddressThatOthersReachIsRefused) {
  const auto server = HttpServer::Start("0.0.0.0:0", {});
  EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("on loopback only"));
}

TEST_F(HttpServerTest, APortThatIsTakenIsNamed) {
  const auto second = HttpServer::Start(absl::StrCat("127.0.0.1:", server_->port()), {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(absl::StrCat(server_->port())));
}

}  // namespace
}  // namespace seatwise
