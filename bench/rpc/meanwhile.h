// What readers notice of something else that a server does: queries at a steady pace meanwhile.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace grpc {
class Channel;
}

namespace seatwise::bench {

// Times of calls in milliseconds, and how many calls failed.
struct Latency {
  double p50 = 0, p99 = 0, most = 0;
  size_t calls = 0, failed = 0;
};

struct Measured {
  double seconds = 0;  // What was done took.
  Latency latency;     // Of queries meanwhile.
};

// Asks GetEffectiveLicenses 1,000 times a second, with serialized `requests` in turn, while `act`
// runs, which answers whether it went well: the program ends if not.
Measured During(const std::shared_ptr<grpc::Channel>& readers,
                const std::vector<std::string>& requests, const std::function<bool()>& act);

// The same while nothing else happens for some seconds.
Measured DuringNothing(const std::shared_ptr<grpc::Channel>& readers,
                       const std::vector<std::string>& requests);

// What the lines of PrintMeasured mean.
void PrintMeasuredHead(size_t rounds);
// A line: medians of the rounds, of which there is at least one, and sums of calls.
void PrintMeasured(const std::string& what, const std::vector<Measured>& rounds);

}  // namespace seatwise::bench
