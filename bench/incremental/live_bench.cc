// How long a tenant takes from its facts in memory to its first live version, against a derivation
// in batch (B1) in the same rounds:
//
//   live_bench FOLDER [THREADS=2 [ROUNDS=5]]
//
// FOLDER is one of bench/workload. A line a round, in seconds: of time, then of the processor time
// of all threads, which is what counts on a machine that others use. `facts` is LoadLiveFacts,
// `answers` FromScratch, which derives in batch itself. The last lines are medians. Users and
// groups have numbers in no order, as they arrive in no order.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/clock.h"
#include "base/executor.h"
#include "base/thread_pool.h"
#include "bench/incremental/loaded_from_columns.h"
#include "bench/processor_stopwatch.h"
#include "bench/run_size.h"
#include "engine/batch/batch.h"
#include "engine/incremental/from_scratch.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/model/columns.h"
#include "engine/model/loaded_facts.h"
#include "interchange/read_report.h"
#include "interchange/reader.h"

namespace seatwise {
namespace {

// Seconds of one round.
struct Round {
  double derive = 0;
  double facts = 0;
  double answers = 0;

  double live() const { return facts + answers; }
};

// What somebody waits, and what all threads of the process work.
struct Rounds {
  std::vector<Round> wall;
  std::vector<Round> processor;
};

class Timer {
 public:
  // Adds the seconds since the last call to one figure of both rounds.
  void Stop(double Round::* figure, Round& wall, Round& processor) {
    wall.*figure = watch_.Seconds();
    processor.*figure = processors_.Seconds();
    watch_ = Stopwatch();
    processors_ = ProcessorStopwatch();
  }

 private:
  Stopwatch watch_;
  ProcessorStopwatch processors_;
};

void Measure(const LoadedFacts& loaded, Executor& executor, Rounds& rounds) {
  Round wall, processor;
  {
    Timer timer;
    const auto state = Derive(loaded.columns, executor);
    timer.Stop(&Round::derive, wall, processor);
  }
  Timer timer;
  LiveFacts facts = LoadLiveFacts(loaded, executor);
  timer.Stop(&Round::facts, wall, processor);
  const LiveParts parts =
      FromScratch(std::move(facts), loaded.columns, loaded.user_number, executor);
  timer.Stop(&Round::answers, wall, processor);
  rounds.wall.push_back(wall);
  rounds.processor.push_back(processor);
}

void Print(const char* name, const Round& round) {
  std::printf("%-16s derive %.3f  facts %.3f  answers %.3f  live/derive %.1f\n", name, round.derive,
              round.facts, round.answers, round.live() / round.derive);
}

Round MedianOf(const std::vector<Round>& rounds) {
  Round median;
  for (double Round::* figure : {&Round::derive, &Round::facts, &Round::answers}) {
    std::vector<double> values;
    for (const Round& round : rounds) values.push_back(round.*figure);
    std::sort(values.begin(), values.end());
    median.*figure = values[values.size() / 2];
  }
  return median;
}

void Run(const std::string& folder, int threads, int count) {
  ThreadPool pool(threads);
  ReadReport report;
  std::optional<Columns> columns = ReadColumns(folder, pool, report);
  SEATWISE_CHECK(columns.has_value()) << folder << " is not a good folder";
  LoadedFacts loaded = LoadedFromColumns(*std::move(columns));
  std::mt19937_64 random(1);
  std::shuffle(loaded.user_number.begin(), loaded.user_number.end(), random);
  std::shuffle(loaded.group_number.begin(), loaded.group_number.end(), random);
  Rounds rounds;
  for (int i = 0; i < count; ++i) {
    Measure(loaded, pool, rounds);
    Print("time", rounds.wall.back());
    Print("processor time", rounds.processor.back());
  }
  std::printf("medians\n");
  Print("time", MedianOf(rounds.wall));
  Print("processor time", MedianOf(rounds.processor));
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  const auto size = seatwise::RunSizeFrom(argc, argv, 2);
  if (!size) {
    std::fprintf(stderr, "usage: live_bench FOLDER [THREADS=2 [ROUNDS=5]]\n");
    return 2;
  }
  seatwise::Run(argv[1], size->threads, size->rounds);
  return 0;
}
