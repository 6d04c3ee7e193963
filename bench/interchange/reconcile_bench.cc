// A whole run of `seatwise reconcile --from DIR --out OUT` (B8), against its floor in the same
// rounds: the input split at newlines, and the bytes of the output written, by as many threads.
//
//   reconcile_bench SEATWISE DIR OUT [THREADS=2 [ROUNDS=5]]
//
// SEATWISE is the program, bazel-bin/cli/seatwise; it is timed from its start to its end. OUT is a
// folder that is empty or absent; both write new files there, which are removed in between, outside
// of the times. Nothing is synced. A line a round; the last line has medians and their ratio.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/thread_pool.h"
#include "bench/interchange/plain_files.h"

namespace seatwise {
namespace {

struct Task {
  std::string program;
  std::string dir;
  std::string out;
  int threads = 2;
  int rounds = 5;
};

struct Round {
  double reconcile = 0;  // Seconds, as the other two.
  double split = 0;
  double write = 0;
  int64_t bytes = 0;  // Of the output.

  double floor() const { return split + write; }
};

// Runs the program with what it prints thrown away, and waits for its end.
void Reconcile(const Task& task) {
  std::vector<std::string> words = {
      task.program, "reconcile", "--from",    task.dir,
      "--out",      task.out,    "--threads", absl::StrCat(task.threads)};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int fd : {1, 2}) {
    posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_WRONLY, 0);
  }
  pid_t pid = 0;
  SEATWISE_CHECK(posix_spawn(&pid, argv[0], &files, nullptr, argv.data(), environ) == 0)
      << task.program << " cannot be run";
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  SEATWISE_CHECK(waitpid(pid, &status, 0) == pid && status == 0)
      << task.program << " reconcile failed; run it by hand to see why";
}

// Removes what was written; answers its bytes.
int64_t Clear(const std::string& out) {
  int64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(out)) {
    bytes += static_cast<int64_t>(entry.file_size());
    std::filesystem::remove(entry.path());
  }
  return bytes;
}

Round MeasureRound(const Task& task, Executor& executor) {
  Round round;
  const Stopwatch watch;
  Reconcile(task);
  round.reconcile = watch.Seconds();
  round.bytes = Clear(task.out);
  const Stopwatch splitting;
  SEATWISE_CHECK(SplitFolder(task.dir, executor) > 0);
  round.split = splitting.Seconds();
  std::vector<std::string> paths;
  for (int i = 0; i < task.threads; ++i) paths.push_back(absl::StrCat(task.out, "/plain", i));
  const Stopwatch writing;
  SEATWISE_CHECK(WritePlainly(paths, round.bytes, executor)) << "no room in " << task.out;
  round.write = writing.Seconds();
  Clear(task.out);
  return round;
}

double MedianOf(const std::vector<Round>& rounds, double (*figure)(const Round&)) {
  std::vector<double> values;
  for (const Round& round : rounds) values.push_back(figure(round));
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void PrintMedians(const std::vector<Round>& rounds) {
  const double whole = MedianOf(rounds, [](const Round& round) { return round.reconcile; });
  const double floor = MedianOf(rounds, [](const Round& round) { return round.floor(); });
  std::printf("B8  reconcile %.3f s  floor %.3f s (split %.3f, write %.3f)  ratio %.2f\n", whole,
              floor, MedianOf(rounds, [](const Round& round) { return round.split; }),
              MedianOf(rounds, [](const Round& round) { return round.write; }), whole / floor);
}

void Run(const Task& task) {
  std::filesystem::create_directories(task.out);
  SEATWISE_CHECK(std::filesystem::is_empty(task.out)) << task.out << " is not empty";
  ThreadPool pool(task.threads);
  std::vector<Round> rounds;
  for (int i = 0; i < task.rounds; ++i) {
    const Round round = MeasureRound(task, pool);
    std::printf("reconcile %.3f s  split %.3f s  write %.3f s of %.0f MB  ratio %.2f\n",
                round.reconcile, round.split, round.write, static_cast<double>(round.bytes) / 1e6,
                round.reconcile / round.floor());
    rounds.push_back(round);
  }
  PrintMedians(rounds);
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  seatwise::Task task;
  const bool good =
      argc >= 4 && argc <= 6 && (argc < 5 || absl::SimpleAtoi(argv[4], &task.threads)) &&
      (argc < 6 || absl::SimpleAtoi(argv[5], &task.rounds)) && task.threads > 0 && task.rounds > 0;
  if (!good) {
    std::fprintf(stderr, "usage: reconcile_bench SEATWISE DIR OUT [THREADS=2 [ROUNDS=5]]\n");
    return 2;
  }
  task.program = argv[1];
  task.dir = argv[2];
  task.out = argv[3];
  seatwise::Run(task);
  return 0;
}
