// What a query costs beside a call that does nothing, in the same run and with messages of the same
// sizes: rounds of both in turn, medians of the rounds and of their ratios.
//
//   rpc_bench SERVER TENANT ECHO_SERVER     addresses on loopback; run.sh starts all that is needed
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/rpc/echo.pb.h"
#include "bench/rpc/load.h"
#include "bench/rpc/queries.h"
#include "seatwise/v1/explain_service.pb.h"
#include "seatwise/v1/license_service.pb.h"
#include "seatwise/v1/report_service.grpc.pb.h"

namespace seatwise::bench {
namespace {

constexpr int kRounds = 7;
constexpr char kBatchGet[] = "/seatwise.v1.LicenseService/BatchGetEffectiveLicenses";
constexpr char kExplain[] = "/seatwise.v1.ExplainService/ExplainLicense";
constexpr char kEcho[] = "/seatwise.bench.Echo/Call";
constexpr char kEchoWithWork[] = "/seatwise.bench.Echo/CallWithWork";
constexpr char kAnswerWith[] = "/seatwise.bench.Echo/AnswerWith";

// Ids of users with a rejected claim, each once.
std::vector<std::string> UsersWithErrors(const std::shared_ptr<grpc::Channel>& channel,
                                         const std::string& tenant) {
  v1::ListViolationsRequest request;
  request.set_parent(tenant);
  request.set_page_size(1000);
  grpc::ClientContext context;
  v1::ListViolationsResponse response;
  std::vector<std::string> ids;
  if (!v1::ReportService::NewStub(channel)->ListViolations(&context, request, &response).ok()) {
    return ids;
  }
  for (const v1::ViolationRow& row : response.rows()) ids.push_back(row.user_id());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::vector<std::string> ExplainRequests(const std::string& tenant,
                                         const std::vector<std::string>& ids, bool fixes) {
  std::vector<std::string> requests;
  for (const std::string& id : ids) {
    v1::ExplainLicenseRequest request;
    request.set_name(absl::StrCat(tenant, "/users/", id));
    request.set_include_fixes(fixes);
    requests.push_back(request.SerializeAsString());
  }
  return requests;
}

// One call after the other: what it takes, the way there and back included.
void PrintExplanations(const std::shared_ptr<grpc::Channel>& server, const std::string& whose,
                       const std::vector<std::string>& requests) {
  if (requests.empty()) return;
  const LoadPlan plan{.method = kExplain, .requests = requests};
  RunLoad(server, plan);
  const LoadResult result = RunLoad(server, plan);
  std::printf(
      "ExplainLicense of %s, one at a time: p50 %.2f ms, p99 %.2f ms, answers of %.0f bytes, "
      "%zu errors\n",
      whose.c_str(), result.p50 / 1000, result.p99 / 1000, result.response_bytes, result.errors);
}

std::vector<std::string> BatchRequests(const std::string& tenant,
                                       const std::vector<std::string>& ids) {
  std::vector<std::string> requests;
  for (size_t begin = 0; begin + 1000 <= ids.size(); begin += 1000) {
    v1::BatchGetEffectiveLicensesRequest request;
    request.set_parent(tenant);
    for (size_t i = begin; i < begin + 1000; ++i) request.add_user_ids(ids[i]);
    requests.push_back(request.SerializeAsString());
  }
  return requests;
}

// A message that is serialized to about as many bytes.
std::string BlobOf(size_t bytes) {
  Blob blob;
  blob.set_payload(std::string(bytes > 3 ? bytes - 3 : 0, 'x'));
  return blob.SerializeAsString();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Rounds {
  std::vector<double> rate, p50, p99;
  size_t errors = 0;

  void Add(const LoadResult& result) {
    rate.push_back(result.calls_per_second);
    p50.push_back(result.p50);
    p99.push_back(result.p99);
    errors += result.errors;
  }
};

// A row of the table.
void Compare(const std::shared_ptr<grpc::Channel>& server, const LoadPlan& query,
             const std::shared_ptr<grpc::Channel>& echo, const LoadPlan& empty) {
  Rounds queries, floors;
  std::vector<double> rate_ratio, p99_ratio;
  for (int round = 0; round < kRounds; ++round) {
    floors.Add(RunLoad(echo, empty));
    queries.Add(RunLoad(server, query));
    rate_ratio.push_back(queries.rate.back() / floors.rate.back());
    p99_ratio.push_back(queries.p99.back() / floors.p99.back());
  }
  std::printf("%9d  %9.0f /s  %5.0f us %6.0f us   %9.0f /s  %5.0f us %6.0f us   %5.2f  %5.2f\n",
              query.in_flight, Median(queries.rate), Median(queries.p50), Median(queries.p99),
              Median(floors.rate), Median(floors.p50), Median(floors.p99), Median(rate_ratio),
              Median(p99_ratio));
  if (queries.errors + floors.errors > 0) {
    std::printf("           %zu calls failed, %zu empty ones\n", queries.errors, floors.errors);
  }
}

int Run(const std::string& server_address, const std::string& tenant,
        const std::string& echo_address) {
  const auto server = Connect(server_address);
  const auto echo = Connect(echo_address);
  const std::vector<std::string> ids = UserIds(server, tenant);
  if (ids.empty()) return 1;
  LoadPlan query{.method = kGetMethod, .requests = GetRequests(tenant, ids)};
  LoadPlan empty{.method = kEcho, .requests = {BlobOf(query.requests[0].size())}};
  const LoadResult warm = RunLoad(server, query);
  // Empty calls answer with as many bytes as queries do, on average.
  RunLoad(echo, {.method = kAnswerWith,
                 .requests = {BlobOf(static_cast<size_t>(warm.response_bytes))},
                 .duration = std::chrono::milliseconds(0)});
  RunLoad(echo, empty);
  std::printf("GetEffectiveLicenses: %zu users, requests of %zu bytes, answers of %.0f bytes\n",
              ids.size(), query.requests[0].size(), warm.response_bytes);
  std::printf(
      "in flight        query       p50       p99     empty call       p50       p99    "
      "rate    p99\n");
  for (const int in_flight : {1, 8, 64}) {
    query.in_flight = empty.in_flight = in_flight;
    Compare(server, query, echo, empty);
  }
  std::printf("the same of empty calls that work for 2 us, which is about what is in a query:\n");
  LoadPlan work = empty;
  work.method = kEchoWithWork;
  for (const int in_flight : {1, 8, 64}) {
    work.in_flight = empty.in_flight = in_flight;
    Compare(echo, work, echo, empty);
  }
  const std::vector<std::string> with_errors = UsersWithErrors(server, tenant);
  PrintExplanations(server, "any user", ExplainRequests(tenant, ids, false));
  PrintExplanations(server, "users with errors", ExplainRequests(tenant, with_errors, false));
  PrintExplanations(server, "the same with fixes", ExplainRequests(tenant, with_errors, true));
  const LoadPlan batch{.method = kBatchGet, .requests = BatchRequests(tenant, ids)};
  if (batch.requests.empty()) return 0;
  RunLoad(server, batch);
  const LoadResult batches = RunLoad(server, batch);
  std::printf(
      "BatchGetEffectiveLicenses of 1,000 users, one at a time: p50 %.2f ms, p99 %.2f ms, "
      "answers of %.0f bytes, %zu errors\n",
      batches.p50 / 1000, batches.p99 / 1000, batches.response_bytes, batches.errors);
  return 0;
}

}  // namespace
}  // namespace seatwise::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: rpc_bench SERVER TENANT ECHO_SERVER\n";
    return 2;
  }
  return seatwise::bench::Run(argv[1], absl::StrCat("tenants/", argv[2]), argv[3]);
}
