// How long writing the derived tables takes, against the floor: the same bytes written to one file
// after the other by write(), and nothing else.
//
//   bazel run -c opt //bench/interchange:write_bench -- DIR OUT THREADS [ROUNDS]
//
// Reads and derives DIR once. Prints one line a round: seconds of WriteDerived, seconds of the
// floor, their ratio, and the bytes.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/executor.h"
#include "base/process_stats.h"
#include "base/thread_pool.h"
#include "bench/interchange/plain_files.h"
#include "engine/batch/batch.h"
#include "interchange/derived_writer.h"
#include "interchange/reader.h"

namespace seatwise {
namespace {

constexpr const char* kTables[] = {"licenses.csv", "claims.csv", "seats.csv"};

int64_t BytesIn(const std::string& dir) {
  int64_t bytes = 0;
  for (const char* table : kTables) {
    bytes += static_cast<int64_t>(std::filesystem::file_size(dir + "/" + table));
  }
  return bytes;
}

int Main(const std::string& dir, const std::string& out, int threads, int rounds) {
  ThreadPool pool(threads);
  InlineExecutor alone;
  const std::string plain = out + "/plain";
  ReadReport report;
  const std::optional<Columns> columns = ReadColumns(dir, pool, report);
  if (!columns) {
    std::cerr << report.errors.front() << "\n";
    return 1;
  }
  const std::unique_ptr<const BatchState> state = Derive(*columns, pool);
  for (int round = 0; round < rounds; ++round) {
    const Stopwatch write_watch;
    const absl::Status status = WriteDerived(*state, out, pool);
    const double written = write_watch.Seconds();
    if (!status.ok()) {
      std::cerr << status.message() << "\n";
      return 1;
    }
    const int64_t bytes = BytesIn(out);
    const Stopwatch floor_watch;
    if (!WritePlainly({plain}, bytes, alone)) return 1;
    std::filesystem::remove(plain);  // As the tables take the place of those of the last round.
    const double floor = floor_watch.Seconds();
    std::printf("write %.3f s  floor %.3f s  ratio %.2f  %.0f MB  peak %.0f MiB\n", written, floor,
                written / floor, static_cast<double>(bytes) / 1e6,
                static_cast<double>(PeakResidentBytes()) / (1 << 20));
  }
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: write_bench DIR OUT THREADS [ROUNDS]\n";
    return 2;
  }
  return seatwise::Main(argv[1], argv[2], std::atoi(argv[3]), argc > 4 ? std::atoi(argv[4]) : 5);
}
