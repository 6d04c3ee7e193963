// What readers notice of a change to very many users: GetEffectiveLicenses at a steady pace, first
// while nothing else happens, then while a SKU is assigned to a large group and taken away again.
//
//   change_bench SERVER TENANT GROUP SKU     on loopback; change.sh starts all that is needed
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/rpc/paced_load.h"
#include "bench/rpc/queries.h"
#include "seatwise/v1/assignment_service.grpc.pb.h"

namespace seatwise::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr int kPerSecond = 1000;

// Times of calls in milliseconds, and how many calls failed.
struct Latency {
  double p50 = 0, p99 = 0, most = 0;
  size_t calls = 0, failed = 0;
};

// Of the calls that were due from `begin` to `end`.
Latency LatencyOf(const std::vector<PacedCall>& calls, Clock::time_point begin,
                  Clock::time_point end) {
  std::vector<double> millis;
  Latency latency;
  for (const PacedCall& call : calls) {
    if (call.due < begin || call.due > end) continue;
    millis.push_back(call.micros / 1000);
    latency.failed += call.ok ? 0 : 1;
  }
  latency.calls = millis.size();
  if (millis.empty()) return latency;
  std::sort(millis.begin(), millis.end());
  latency.p50 = millis[millis.size() / 2];
  latency.p99 = millis[millis.size() * 99 / 100];
  latency.most = millis.back();
  return latency;
}

struct Measured {
  double seconds = 0;  // What was done took.
  Latency latency;     // Of queries meanwhile.
};

// Reads at the pace while `act` runs, which answers whether it went well.
Measured During(const std::shared_ptr<grpc::Channel>& readers,
                const std::vector<std::string>& requests, const std::function<bool()>& act) {
  PacedLoad load(readers, kGetMethod, requests, kPerSecond);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const Clock::time_point begin = Clock::now();
  const bool done = act();
  const Clock::time_point end = Clock::now();
  const std::vector<PacedCall> calls = load.Stop();
  if (!done) std::exit(1);
  return {.seconds = std::chrono::duration<double>(end - begin).count(),
          .latency = LatencyOf(calls, begin, end)};
}

bool Told(const char* what, const grpc::Status& status) {
  if (!status.ok()) std::cerr << what << ": " << status.error_message() << "\n";
  return status.ok();
}

double Median(const std::vector<Measured>& rounds, double (*of)(const Measured&)) {
  std::vector<double> values;
  for (const Measured& round : rounds) values.push_back(of(round));
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Print(const char* what, const std::vector<Measured>& rounds) {
  size_t calls = 0, failed = 0;
  for (const Measured& round : rounds) {
    calls += round.latency.calls;
    failed += round.latency.failed;
  }
  std::printf("%-10s %7.2f s   %7.2f ms %7.2f ms %7.2f ms   %7zu  %6zu\n", what,
              Median(rounds, [](const Measured& m) { return m.seconds; }),
              Median(rounds, [](const Measured& m) { return m.latency.p50; }),
              Median(rounds, [](const Measured& m) { return m.latency.p99; }),
              Median(rounds, [](const Measured& m) { return m.latency.most; }), calls, failed);
}

int Run(const std::string& server, const std::string& tenant, const std::string& group,
        const std::string& sku) {
  const auto readers = Connect(server);
  const std::vector<std::string> ids = UserIds(readers, tenant);
  if (ids.empty()) return 1;
  const std::vector<std::string> requests = GetRequests(tenant, ids);
  const auto stub = v1::AssignmentService::NewStub(Connect(server));
  const std::string parent = absl::StrCat(tenant, "/groups/", group);
  const auto nothing = [] {
    std::this_thread::sleep_for(std::chrono::seconds(3));
    return true;
  };
  const auto assign = [&] {
    grpc::ClientContext context;
    v1::CreateAssignmentRequest request;
    request.set_parent(parent);
    request.mutable_assignment()->set_sku_id(sku);
    v1::CreateAssignmentResponse response;
    return Told("CreateAssignment", stub->CreateAssignment(&context, request, &response));
  };
  const auto unassign = [&] {
    grpc::ClientContext context;
    v1::DeleteAssignmentRequest request;
    request.set_name(absl::StrCat(parent, "/assignments/", sku));
    v1::DeleteAssignmentResponse response;
    return Told("DeleteAssignment", stub->DeleteAssignment(&context, request, &response));
  };
  std::vector<Measured> quiet, assigned, unassigned;
  for (int round = 0; round < kRounds; ++round) {
    quiet.push_back(During(readers, requests, nothing));
    assigned.push_back(During(readers, requests, assign));
    unassigned.push_back(During(readers, requests, unassign));
  }
  std::printf("%d rounds, medians; %d calls of GetEffectiveLicenses a second\n", kRounds,
              kPerSecond);
  std::printf("meanwhile   takes        p50        p99       most     calls  failed\n");
  Print("nothing", quiet);
  Print("assign", assigned);
  Print("unassign", unassigned);
  return 0;
}

}  // namespace
}  // namespace seatwise::bench

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: change_bench SERVER TENANT GROUP SKU\n";
    return 2;
  }
  return seatwise::bench::Run(argv[1], absl::StrCat("tenants/", argv[2]), argv[3], argv[4]);
}
