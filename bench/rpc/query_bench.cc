// What is inside a query but gRPC: finding the user, and writing the answer (Q1).
//
//   query_bench FOLDER [QUERIES=100000]
//
// FOLDER is one of bench/workload. Users are asked for at random. Before each query other memory
// goes through the caches, as it does in a server, where gRPC and the kernel do: what a query waits
// for is memory. Prints nanoseconds of a query, the median and the mean, of one thread;
// reading the clock takes some 20 of each part.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "base/check.h"
#include "base/thread_pool.h"
#include "bench/incremental/loaded_from_columns.h"
#include "engine/incremental/live_state.h"
#include "engine/model/columns.h"
#include "interchange/read_report.h"
#include "interchange/reader.h"
#include "service/license_wire.h"

namespace seatwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kPolluted = size_t{2} << 20;  // Bytes; twice the second cache of our machines.

double NanosSince(Clock::time_point start) {
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

void Print(const char* name, std::vector<double>& nanos) {
  const double mean =
      std::accumulate(nanos.begin(), nanos.end(), 0.0) / static_cast<double>(nanos.size());
  std::nth_element(nanos.begin(), nanos.begin() + static_cast<std::ptrdiff_t>(nanos.size() / 2),
                   nanos.end());
  std::printf("%-6s median %5.0f ns  mean %5.0f ns\n", name, nanos[nanos.size() / 2], mean);
}

void Run(const std::string& folder, int queries) {
  ThreadPool pool(2);
  ReadReport report;
  std::optional<Columns> columns = ReadColumns(folder, pool, report);
  SEATWISE_CHECK(columns.has_value()) << folder << " is not a good folder";
  std::vector<std::string> ids;
  for (size_t user = 0; user < columns->users.size(); ++user) {
    ids.emplace_back(columns->users[user]);
  }
  const auto state = LiveStateFrom(LoadedFromColumns(*std::move(columns)), pool);
  std::mt19937_64 random(1);
  std::vector<uint64_t> other(kPolluted / sizeof(uint64_t));
  std::vector<double> find, answer;
  size_t bytes = 0;
  for (int i = 0; i < queries; ++i) {
    const std::string id = ids[random() % ids.size()];
    for (size_t k = 0; k < other.size(); k += 8) ++other[k];
    const Clock::time_point start = Clock::now();
    const std::optional<uint32_t> user = state->FindUser(id);
    find.push_back(NanosSince(start));
    SEATWISE_CHECK(user.has_value()) << id;
    const Clock::time_point found = Clock::now();
    std::string reply;
    AppendLicenses(*state, *user, reply);
    answer.push_back(NanosSince(found));
    bytes += reply.size();
  }
  std::printf("%d queries, answers of %.0f bytes\n", queries, static_cast<double>(bytes) / queries);
  Print("find", find);
  Print("answer", answer);
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  int queries = 100'000;
  if (argc < 2 || argc > 3 || (argc == 3 && !absl::SimpleAtoi(argv[2], &queries)) || queries < 1) {
    std::fprintf(stderr, "usage: query_bench FOLDER [QUERIES=100000]\n");
    return 2;
  }
  seatwise::Run(argv[1], queries);
  return 0;
}
