// What the batch engine takes from columns in memory to a state that can be asked, each stage
// apart, beside its floors in turn:
//
//   ./bazelw run -c opt //bench/batch:derive_bench -- DIR [THREADS [ROUNDS]]
//
// `derive` is the whole, `rows` reads every license of it, `floor` is the union of plans and the
// seat cut alone (seat_floor.h), `gather` one random read for each membership. All are medians in
// milliseconds. `state_bytes` is what the finished state takes, `peak_live_bytes` the most that is
// allocated at once beyond the columns while it is made, `peak_bytes` the same as the kernel sees
// it, with what the allocator keeps of memory given back. One figure a line, name first, for people
// and scripts.
#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_format.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/thread_pool.h"
#include "bench/batch/live_bytes.h"
#include "bench/batch/seat_floor.h"
#include "bench/run_size.h"
#include "benchmark/benchmark.h"
#include "engine/batch/batch.h"
#include "engine/batch/classes.h"
#include "engine/batch/nesting.h"
#include "engine/batch/outcomes.h"
#include "engine/batch/singles.h"
#include "engine/batch/together.h"
#include "engine/batch/triage.h"
#include "engine/batch/waiting_lists.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"
#include "interchange/read_report.h"
#include "interchange/reader.h"

namespace seatwise {
namespace {

// A figure of /proc/self/status that is given in kB, in bytes.
int64_t StatusBytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    int64_t kilobytes = 0;
    if (word == name + ":" && status >> kilobytes) return kilobytes << 10;
  }
  return 0;
}

// The kernel starts to look for the peak anew.
void ForgetPeak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

// Times by name, in seconds.
class Times {
 public:
  void Measure(const std::string& name, absl::FunctionRef<void()> work) {
    MeasurePasses(name, [&] {
      work();
      return 1;
    });
  }
  // Of one of the passes that `work` makes and counts.
  void MeasurePasses(const std::string& name, absl::FunctionRef<int()> work) {
    const Stopwatch watch;
    const int passes = work();
    by_name_[name].push_back(watch.Seconds() / passes);
  }
  void Print() {
    for (auto& [name, times] : by_name_) {
      std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                       times.end());
      std::cout << absl::StreamFormat("%-16s %14.3f ms\n", name, times[times.size() / 2] * 1e3);
    }
  }

 private:
  std::map<std::string, std::vector<double>> by_name_;
};

void MeasureStages(const Columns& columns, Executor& executor, Times& times) {
  std::optional<ShapeTable> shapes;
  times.Measure("stage_1_shapes", [&] { shapes.emplace(columns); });
  const TraitTable traits(columns.catalog);
  std::optional<Nesting> nesting;
  times.Measure("stage_2_nesting", [&] { nesting.emplace(*shapes, executor); });
  Classes classes;
  times.Measure("stage_3_classes",
                [&] { classes = BuildClasses(*shapes, traits, *nesting, executor); });
  Triage triage;
  times.Measure("stage_4_triage",
                [&] { triage = TriageClasses(*shapes, traits, classes, executor); });
  std::optional<Together> together;  // Answered while the queue runs.
  std::optional<Singles> singles;
  times.Measure("stage_5_singles", [&] {
    together.emplace(*shapes, traits, classes, triage);
    singles.emplace(*shapes, traits, *nesting, classes, triage, *together, executor);
  });
  std::optional<Outcomes> outcomes;
  times.Measure("stage_6_outcomes", [&] {
    outcomes.emplace(*shapes, traits, classes, *singles, std::move(*together), executor);
  });
  times.Measure("stage_7_waiting", [&] {
    const WaitingLists waiting(*shapes, classes, *singles, *outcomes, executor);
    benchmark::DoNotOptimize(&waiting);
  });
}

void ReadAllRows(const BatchState& state, Executor& executor) {
  ParallelShards(executor, state.columns().users.size(), [&](Shard shard) {
    uint64_t sum = 0;
    state.ForEachLicense(static_cast<UserNo>(shard.begin), static_cast<UserNo>(shard.end),
                         [&](const LicenseRow& row) { sum += row.sku + row.enabled_plans; });
    benchmark::DoNotOptimize(sum);
  });
}

// Some passes, so that waking a thread does not count; answers how many.
int Gather(const Columns& columns, const std::vector<uint64_t>& table, Executor& executor) {
  constexpr size_t kReads = 10'000'000;
  const size_t rows = columns.membership_group.size();
  const auto passes = static_cast<int>(kReads / std::clamp<size_t>(rows, 1, kReads));
  ParallelShards(executor, rows, [&](Shard shard) {
    for (int pass = 0; pass < passes; ++pass) {
      uint64_t sum = 0;
      for (size_t i = shard.begin; i < shard.end; ++i) sum += table[columns.membership_group[i]];
      benchmark::DoNotOptimize(sum);
    }
  });
  return passes;
}

void PrintCount(const std::string& name, int64_t count) {
  std::cout << absl::StreamFormat("%-16s %14d\n", name, count);
}

void PrintSizes(const Columns& columns, const BatchState& state) {
  const ClaimCounts counts = state.Counts();
  const BatchStatistics& statistics = state.statistics();
  PrintCount("users", static_cast<int64_t>(columns.users.size()));
  PrintCount("groups", static_cast<int64_t>(columns.groups.size()));
  PrintCount("memberships", static_cast<int64_t>(columns.membership_group.size()));
  PrintCount("claims", counts.granted + counts.rejected);
  PrintCount("classes", statistics.classes);
  PrintCount("outcomes", statistics.outcomes);
  PrintCount("contended_skus", statistics.contended_skus);
  PrintCount("users_alone", statistics.users_alone);
  PrintCount("users_queued", statistics.users_queued);
  PrintCount("queue_entries", statistics.queue_entries);
}

// The sizes of the tenant and of its state.
void Survey(const Columns& columns, int64_t columns_bytes, Executor& executor) {
  ForgetPeak();
  const int64_t before = StatusBytes("VmRSS");
  WatchLiveBytes();
  const auto state = Derive(columns, executor);
  const int64_t peak = StatusBytes("VmHWM");
  const int64_t peak_live = StopWatchingLiveBytes();
  malloc_trim(0);
  const int64_t after = StatusBytes("VmRSS");
  PrintSizes(columns, *state);
  PrintCount("columns_bytes", columns_bytes);
  PrintCount("state_bytes", after - before);
  PrintCount("peak_live_bytes", peak_live);
  PrintCount("peak_bytes", peak - before);
  std::cout << std::flush;  // Who waits for the first figure knows that everything is read.
}

int Main(const std::string& folder, int threads, int rounds) {
  ThreadPool pool(threads);
  ForgetPeak();
  const int64_t before = StatusBytes("VmRSS");
  ReadReport report;
  const std::optional<Columns> columns = ReadColumns(folder, pool, report);
  SEATWISE_CHECK(columns.has_value()) << folder << " is not a good folder";
  malloc_trim(0);
  Survey(*columns, StatusBytes("VmRSS") - before, pool);

  const ShapeTable shapes(*columns);
  const Nesting nesting(shapes, pool);
  std::optional<SeatFloor> floor;
  if (SeatFloor::CanDo(*columns)) floor.emplace(*columns, nesting, threads);
  if (floor.has_value()) floor->Run(pool);  // Makes the buffers.
  const std::vector<uint64_t> table(columns->groups.size(), 1);
  Times times;
  for (int round = 0; round < rounds; ++round) {
    std::unique_ptr<const BatchState> state;
    times.Measure("derive", [&] { state = Derive(*columns, pool); });
    times.Measure("rows", [&] { ReadAllRows(*state, pool); });
    state.reset();
    if (floor.has_value()) times.Measure("floor", [&] { floor->Run(pool); });
    times.MeasurePasses("gather", [&] { return Gather(*columns, table, pool); });
    MeasureStages(*columns, pool, times);
  }
  times.Print();
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  const auto size = seatwise::RunSizeFrom(argc, argv, 2);
  if (!size) {
    std::cerr << "usage: derive_bench DIR [THREADS [ROUNDS]]\n";
    return 2;
  }
  return seatwise::Main(argv[1], size->threads, size->rounds);
}
