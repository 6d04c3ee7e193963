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
#include <ctime>
#include <iostream>
#include <vector>

#include "absl/strings/str_format.h"

namespace {

constexpr size_t kPageBytes = 4096;
constexpr size_t kPages = 4096;
constexpr double kStallSeconds = 0.003;
constexpr int kMillisBetweenRounds = 2;

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double ProcessorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

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
    const double processor = ProcessorSeconds();
    for (size_t i = 0; i < kPages; ++i) pages[i * kPageBytes] = static_cast<char>(i);
    if (ProcessorSeconds() - processor < kStallSeconds) continue;
    std::cout << absl::StrFormat("%.6f %.6f", begin, SteadySeconds()) << std::endl;
  }
  return 0;
}
