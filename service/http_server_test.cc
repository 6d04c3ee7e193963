#include "service/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "service/http_for_test.h"

namespace seatwise {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

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
  EXPECT_THAT(GetHttp(server_->port(), "/livez"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(GetHttp(server_->port(), "/livez"), testing::EndsWith("\r\n\r\nok\n"));
  EXPECT_THAT(GetHttp(server_->port(), "/readyz"),
              StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
  EXPECT_THAT(GetHttp(server_->port(), "/livez", "HEAD"), testing::EndsWith("\r\n\r\n"));
}

TEST_F(HttpServerTest, EverythingElseIsRefused) {
  for (const char* path : {"/", "/other", "/livez/x", "/../../etc/passwd"}) {
    EXPECT_THAT(GetHttp(server_->port(), path), StartsWith("HTTP/1.1 4")) << path;
  }
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    EXPECT_THAT(GetHttp(server_->port(), "/livez", method), StartsWith("HTTP/1.1 4")) << method;
  }
  EXPECT_THAT(AskHttp(server_->port(), "nonsense\r\n\r\n"), Not(HasSubstr("ok\n")));
  EXPECT_THAT(GetHttp(server_->port(), "/livez"), HasSubstr("ok\n"));
}

TEST(HttpResponderTest, AnswersForEveryPathAndSeesWhatWasAsked) {
  const auto server = HttpServer::StartForAll("127.0.0.1:0", [](const HttpRequest& request) {
    return HttpAnswer{.status = request.path == "/a/b" ? 200 : 404,
                      .headers = "X-Test: yes\r\n",
                      .body = absl::StrCat(request.path, "?", request.query, " of ", request.host,
                                           " with ", request.cookie)};
  });
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string answer = AskHttp((*server)->port(),
                                     "GET /a/b?c=d%20e HTTP/1.1\r\nHost: here:1\r\nCookie: k=v\r\n"
                                     "Connection: close\r\n\r\n");
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n/a/b?c=d%20e of here:1 with k=v"));
  EXPECT_THAT(answer, HasSubstr("\r\nX-Test: yes\r\n"));
  EXPECT_THAT(GetHttp((*server)->port(), "/"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(GetHttp((*server)->port(), "/a/b", "POST"), StartsWith("HTTP/1.1 4"));
}

// The quickest of some tries: a busy machine delays any single one.
TEST(HttpServerStopTest, AServerThatNobodyAsksStopsAtOnce) {
  for (const char* address : {"127.0.0.1:0", "localhost:0", "127.0.0.2:0"}) {
    double best = 10;
    for (int i = 0; i < 3; ++i) {
      auto server = HttpServer::Start(address, {});
      ASSERT_TRUE(server.ok()) << server.status();
      const Stopwatch stopwatch;
      server->reset();
      best = std::min(best, stopwatch.Seconds());
    }
    EXPECT_LT(best, 0.2) << address;
  }
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
