// `seatwised` as a process: serving, health, metrics, drain, restart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/cli/run.h"
#include "tests/cli/server_process.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

RunResult Ask(const ServerProcess& server, std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--server", server.address()});
  return RunSeatwise(arguments);
}

TEST(ServerTest, WhatWasAcknowledgedIsThereAfterADrainAndAfterAKill) {
  const TestFolder folder;
  const std::string data = folder.Path("deep/data");
  {
    ServerProcess server(data);
    EXPECT_EQ(Ask(server, {"tenant", "create", "contoso"}).exit_code, 0);
    EXPECT_EQ(server.Stop(SIGTERM), 0);
    EXPECT_THAT(server.log(), HasSubstr("\"state\":\"draining\",\"reason\":\"SIGTERM\""));
    EXPECT_THAT(server.log(), HasSubstr("\"message\":\"drained\""));
  }
  {
    ServerProcess server(data);
    EXPECT_EQ(Ask(server, {"user", "create", "ana", "--tenant", "contoso"}).out,
              "user 'ana' created, revision 2\n");
    EXPECT_EQ(server.Stop(SIGKILL), 128 + SIGKILL);
  }
  const ServerProcess server(data);
  EXPECT_EQ(Ask(server, {"user", "get", "ana", "--tenant", "contoso"}).exit_code, 0);
}

TEST(ServerTest, HealthAndMetricsTellOfIt) {
  const TestFolder folder;
  ServerProcess server(folder.Path("data"));
  EXPECT_THAT(server.Get("/livez"), HasSubstr(" 200 OK\r\n"));
  EXPECT_THAT(server.Get("/readyz"), testing::EndsWith("\r\n\r\nserving\n"));
  Ask(server, {"tenant", "create", "contoso"});
  Ask(server, {"tenant", "get", "fabrikam"});
  const std::string metrics = server.Get("/metrics");
  EXPECT_THAT(metrics, HasSubstr("grpc_server_handled_total{grpc_code=\"OK\",grpc_method="
                                 "\"CreateTenant\",grpc_service=\"seatwise.v1.TenantService\"} 1"));
  EXPECT_THAT(metrics, HasSubstr("grpc_code=\"NOT_FOUND\",grpc_method=\"GetTenant\""));
  EXPECT_THAT(metrics, HasSubstr("\nseatwise_store_halted 0\n"));
  EXPECT_EQ(Ask(server, {"status", "-o", "json"}).out, "{\"server\":\"serving\",\"tenants\":1}\n");
  EXPECT_EQ(server.Stop(SIGINT), 0);
}

TEST(ServerTest, ADatabaseHasOneServerAtATime) {
  const TestFolder folder;
  const ServerProcess server(folder.Path("data"));
  const RunResult second = RunSeatwise({"tenant", "list", "--db", folder.Path("data")});
  EXPECT_EQ(second.exit_code, 5) << second.err;
}

TEST(ServerTest, ABackupIsADatabase) {
  const TestFolder folder;
  const std::string data = folder.Path("data");
  EXPECT_EQ(RunSeatwise({"tenant", "create", "contoso", "--db", data}).exit_code, 0);
  const std::string backups = folder.Path("backups");
  RunResult result = RunSeatwise({"admin", "backup", "--db", data, "--to", backups});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(RunSeatwise({"admin", "verify", "--from", backups}).exit_code, 0);
  result = RunSeatwise({"admin", "restore", "--from", backups, "--db", folder.Path("restored")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(RunSeatwise({"tenant", "list", "--db", folder.Path("restored"), "-o", "csv"}).out,
              HasSubstr("\ncontoso,"));
  result = RunSeatwise({"admin", "restore", "--from", backups, "--db", data});
  EXPECT_EQ(result.exit_code, 4);
  result = RunSeatwise({"admin", "repair", "--db", data});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, StartsWith("Nothing is missing"));
  EXPECT_EQ(
      RunSeatwise({"admin", "backup", "--db", folder.Path("none"), "--to", backups}).exit_code, 3);
}

}  // namespace
}  // namespace seatwise::cli
