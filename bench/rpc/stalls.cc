// Says when the machine stood still, for a bench that runs beside it:
//
//   bazel-bin/bench/rpc/stalls        until its standard input ends
//
// Touches 16 MiB of its own again and again, a page at a time. That takes a tenth of a millisecond
// of processor time; where the machine is a virtual one, and its host has taken the mapping of its
// memory away, every page touched waits for the host, in this program as in all others, and it
// takes tens of milliseconds. Waiting for a processor does not count. Out: a line for each round
// of at least 3 ms, "BEGIN END" in seconds of the steady clock (CLOCK_MONOTONIC).
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <iostream>
#include <vector>

#include "absl/strings/str_format.h"
#include "bench/processor_stopwatch.h"

namespace {

constexpr size_t kPageBytes = 4096;
constexpr size_t kPages = 4096;
constexpr double kStallSeconds = 0.003;
constexpr int kMillisBetweenRounds = 2;

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Whether nobody waits for more.
bool InputEnded() {
  pollfd input = {.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return poll(&input, 1, kMillisBetweenRounds) != 0;
}

}  // namespace

int main() {
  std::vector<char> memory(kPages * kPageBytes, 1);
  volatile char* const pages = memory.data();
  while (!InputEnded()) {
    const double begin = SteadySeconds();
    const seatwise::ProcessorStopwatch processor;
    for (size_t i = 0; i < kPages; ++i) pages[i * kPageBytes] = static_cast<char>(i);
    if (processor.Seconds() < kStallSeconds) continue;
    std::cout << absl::StrFormat("%.6f %.6f", begin, SteadySeconds()) << std::endl;
  }
  return 0;
}
