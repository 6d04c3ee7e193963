// Calls of one method, as many at a time as asked for, each begun when another ends.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace grpc {
class Channel;
}

namespace seatwise::bench {

// What is called.
struct LoadPlan {
  std::string method;                 // "/seatwise.v1.LicenseService/GetEffectiveLicenses"
  std::vector<std::string> requests;  // Serialized, sent in turn; at least one.
  int in_flight = 1;
  std::chrono::milliseconds duration{1000};
};

// How it went. Times in microseconds from the start of a call to its end, as the client sees them.
struct LoadResult {
  double calls_per_second = 0;
  double p50 = 0;
  double p99 = 0;
  size_t calls = 0;
  size_t errors = 0;
  double response_bytes = 0;  // Of a call, on average.
};

// Runs the plan to its end. One caller at a time for a channel.
LoadResult RunLoad(const std::shared_ptr<grpc::Channel>& channel, const LoadPlan& plan);

}  // namespace seatwise::bench
