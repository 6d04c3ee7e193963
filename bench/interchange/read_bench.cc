// How long reading a folder takes, against the floor: the same bytes read and split at newlines and
// nothing else.
//
//   bazel run -c opt //bench/interchange:read_bench -- DIR THREADS [ROUNDS]
//
// Prints one line a round: seconds of ReadColumns, seconds of the floor, their ratio, rows of
// members.csv a second, and the peak of memory so far.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/process_stats.h"
#include "base/thread_pool.h"
#include "bench/interchange/plain_files.h"
#include "interchange/reader.h"

namespace seatwise {
namespace {

int Main(const std::string& dir, int threads, int rounds) {
  ThreadPool pool(threads);
  for (int round = 0; round < rounds; ++round) {
    const Stopwatch read_watch;
    ReadReport report;
    const std::optional<Columns> columns = ReadColumns(dir, pool, report);
    const double read = read_watch.Seconds();
    for (const RowError& error : report.errors) std::cerr << error << "\n";
    int64_t members = 0;
    for (const ReadReport::FileCount& file : report.files) {
      if (file.file == "members.csv") members = file.rows;
    }
    const Stopwatch split_watch;
    const int64_t lines = SplitFolder(dir, pool);
    const double split = split_watch.Seconds();
    std::printf(
        "read %.3f s  split %.3f s  ratio %.2f  %.1f M members/s  %lld lines  %lld errors  "
        "peak %.0f MiB\n",
        read, split, read / split, static_cast<double>(members) / read / 1e6,
        static_cast<long long>(lines), static_cast<long long>(report.error_count),
        static_cast<double>(PeakResidentBytes()) / (1 << 20));
  }
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: read_bench DIR THREADS [ROUNDS]\n";
    return 2;
  }
  return seatwise::Main(argv[1], std::atoi(argv[2]), argc > 3 ? std::atoi(argv[3]) : 5);
}
