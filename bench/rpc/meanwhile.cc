#include "bench/rpc/meanwhile.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "bench/rpc/paced_load.h"
#include "bench/rpc/queries.h"

namespace seatwise::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPerSecond = 1000;

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

double Median(const std::vector<Measured>& rounds, double (*of)(const Measured&)) {
  std::vector<double> values;
  for (const Measured& round : rounds) values.push_back(of(round));
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

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

Measured DuringNothing(const std::shared_ptr<grpc::Channel>& readers,
                       const std::vector<std::string>& requests) {
  return During(readers, requests, [] {
    std::this_thread::sleep_for(std::chrono::seconds(3));
    return true;
  });
}

void PrintMeasuredHead(size_t rounds) {
  std::printf("%zu rounds, medians; %d calls of GetEffectiveLicenses a second\n", rounds,
              kPerSecond);
  std::printf("%-34s  takes        p50        p99       most     calls  failed\n", "meanwhile");
}

void PrintMeasured(const std::string& what, const std::vector<Measured>& rounds) {
  size_t calls = 0, failed = 0;
  for (const Measured& round : rounds) {
    calls += round.latency.calls;
    failed += round.latency.failed;
  }
  std::printf("%-34s %6.3f s %7.2f ms %7.2f ms %7.2f ms   %7zu  %6zu\n", what.c_str(),
              Median(rounds, [](const Measured& m) { return m.seconds; }),
              Median(rounds, [](const Measured& m) { return m.latency.p50; }),
              Median(rounds, [](const Measured& m) { return m.latency.p99; }),
              Median(rounds, [](const Measured& m) { return m.latency.most; }), calls, failed);
  std::fflush(stdout);
}

}  // namespace seatwise::bench
