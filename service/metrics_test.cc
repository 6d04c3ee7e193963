#include "service/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace seatwise {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MetricsTest, WhatHappenedIsCounted) {
  Metrics metrics;
  metrics.CommitDone(0.002);
  metrics.CommitDone(0.2);
  metrics.CommitFailed();
  metrics.BatchFallback();
  metrics.SetTenantsLoaded(3, 4096);
  metrics.Reconciled(0);
  metrics.Reconciled(2);
  metrics.WatchersChanged(2);
  metrics.WatchersChanged(-1);
  const std::string text = metrics.Text();
  for (const char* line :
       {"\nseatwise_commits_total{outcome=\"ok\"} 2\n",
        "seatwise_commits_total{outcome=\"failed\"} 1\n", "\nseatwise_commit_seconds_count 2\n",
        "seatwise_commit_seconds_bucket{le=\"0.003\"} 1\n", "\nseatwise_batch_fallbacks_total 1\n",
        "\nseatwise_tenants_loaded 3\n", "\nseatwise_tenants_loaded_bytes 4096\n",
        "\nseatwise_reconciliations_total 2\n", "\nseatwise_reconciliation_differences_total 2\n",
        "\nseatwise_watchers 1\n", "\nseatwise_store_halted 0\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(MetricsTest, CallsAreCountedByServiceMethodAndCode) {
  Metrics metrics;
  for (int i = 0; i < 3; ++i) metrics.RpcDone("/seatwise.v1.Queries/GetSeats", 0, 1e-4);
  metrics.RpcDone("/seatwise.v1.Queries/GetSeats", 5, 1e-4);
  metrics.RpcDone("/seatwise.v1.Queries/GetSeats", 999, 1e-4);
  const std::string text = metrics.Text();
  const auto handled = [](const std::string& code, int count) {
    return "grpc_server_handled_total{grpc_code=\"" + code +
           "\",grpc_method=\"GetSeats\",grpc_service=\"seatwise.v1.Queries\"} " +
           std::to_string(count) + "\n";
  };
  EXPECT_THAT(text, HasSubstr(handled("OK", 3)));
  EXPECT_THAT(text, HasSubstr(handled("NOT_FOUND", 1)));
  EXPECT_THAT(text, HasSubstr(handled("UNKNOWN", 1)));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_count{grpc_method=\"GetSeats\","
                              "grpc_service=\"seatwise.v1.Queries\"} 5\n"));
}

TEST(MetricsTest, NothingIsLostBetweenThreads) {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&metrics] {
      for (int n = 0; n < 500; ++n) metrics.RpcDone("/a.B/C", n % 2, 1e-3);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(metrics.Text(), HasSubstr("grpc_server_handling_seconds_count{grpc_method=\"C\","
                                        "grpc_service=\"a.B\"} 2000\n"));
}

TEST(MetricsTest, EveryMetricHasHelp) {
  for (const absl::string_view line : absl::StrSplit(Metrics().Text(), '\n')) {
    if (!absl::StartsWith(line, "# HELP ")) continue;
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    EXPECT_GT(words.size(), 4u) << line;
  }
}

}  // namespace
}  // namespace seatwise
