#include "service/grpc_server.h"

#include <gmock/gmock.h>
#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "service/call_for_test.h"
#include "service/log.h"
#include "service/metrics.h"

namespace seatwise {
namespace {

using testing::HasSubstr;

class GrpcServerTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<GrpcServer>> Start(const GrpcEndpoint& endpoint) {
    return GrpcServer::Start(endpoint, {}, metrics_, log_);
  }

  std::unique_ptr<GrpcServer> Started(const std::string& address) {
    absl::StatusOr<std::unique_ptr<GrpcServer>> server = Start({.address = address});
    EXPECT_TRUE(server.ok()) << server.status();
    return *std::move(server);
  }

  SystemClock clock_;
  Logger log_{LogLevel::kError, StderrSink(), clock_};
  Metrics metrics_;
};

TEST_F(GrpcServerTest, HealthFollowsTheServerInProcessAndOverTheSocket) {
  const std::unique_ptr<GrpcServer> server = Started("127.0.0.1:0");
  ASSERT_NE(server->port(), 0);
  const auto remote = grpc::CreateChannel(absl::StrCat("127.0.0.1:", server->port()),
                                          grpc::InsecureChannelCredentials());
  for (const auto& channel : {server->InProcessChannel(), remote}) {
    server->SetServing(false);
    EXPECT_EQ(HealthOf(channel, ""), "NOT_SERVING");
    server->SetServing(true);
    EXPECT_EQ(HealthOf(channel, ""), "SERVING");
    EXPECT_EQ(HealthOf(channel, "no.such.Service"), "error 5");
  }
}

TEST_F(GrpcServerTest, ItServesInProcessWithoutASocket) {
  const std::unique_ptr<GrpcServer> server = Started("");
  EXPECT_EQ(server->port(), 0);
  server->SetServing(true);
  EXPECT_EQ(HealthOf(server->InProcessChannel(), ""), "SERVING");
}

TEST_F(GrpcServerTest, AfterStopNothingIsAnswered) {
  const std::unique_ptr<GrpcServer> server = Started("127.0.0.1:0");
  const auto channel = grpc::CreateChannel(absl::StrCat("127.0.0.1:", server->port()),
                                           grpc::InsecureChannelCredentials());
  server->SetServing(true);
  EXPECT_EQ(HealthOf(channel, ""), "SERVING");
  server->Stop(std::chrono::milliseconds(10));
  EXPECT_EQ(HealthOf(channel, ""), "error 14");
}

TEST_F(GrpcServerTest, WithoutTlsOnlyThisMachineCanReachIt) {
  for (const char* address : {"0.0.0.0:0", "[::]:0", "example.com:7480"}) {
    const auto server = Start({.address = address});
    EXPECT_EQ(server.status().code(), absl::StatusCode::kInvalidArgument) << address;
    EXPECT_THAT(std::string(server.status().message()), HasSubstr("without TLS"));
  }
  EXPECT_EQ(Start({.address = "7480"}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(GrpcServerTest, AnAddressThatIsTakenIsNamed) {
  const std::unique_ptr<GrpcServer> first = Started("127.0.0.1:0");
  const std::string taken = absl::StrCat("127.0.0.1:", first->port());
  const auto second = Start({.address = taken});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(taken));
}

TEST_F(GrpcServerTest, AKeyPairThatIsNoneIsRefused) {
  const auto server = Start(
      {.address = "127.0.0.1:0", .tls = TlsKeyPair{.certificate_chain = "x", .private_key = "y"}});
  EXPECT_FALSE(server.ok());
}

}  // namespace
}  // namespace seatwise
