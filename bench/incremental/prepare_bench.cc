// How long one change takes, by kind of change, on tenants as the workload generator writes them:
//
//   bazel run -c opt //bench/workload:generate -- --preset=M --out=/tmp/M      (and XL)
//   bazel run -c opt //bench/incremental:prepare_bench -- /tmp/M /tmp/XL
//
// Each change is prepared on the version before it and becomes the next, so that caches see what a
// server's would. Members are drawn from all users and groups before the clock runs, each pair
// once: a change finds nothing of its user in the caches but what earlier changes left there.
// p50_us and p99_us are of Prepare alone; old versions are dropped outside of it.
// `repairs` is the mean number of users that were answered for because seats moved. Unlike the
// bytes of a tenant, times need an idle machine: compare tenants within one run. The last table
// does that: medians beside each other, and what the machine allows: `gather` reads 200 lines at
// random places of as much memory as the tenant has, `chase` does so with each place depending on
// what was read before, `derive` recomputes the tenant in batch (2 threads). After it come the
// figures of docs/performance.md as ratios within one tenant (I1 to I3), and how many changes moved
// how much: the users that were answered for because seats moved.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/process_stats.h"
#include "base/thread_pool.h"
#include "bench/incremental/chain_lengths.h"
#include "bench/incremental/loaded_from_columns.h"
#include "bench/incremental/permissive_facts.h"
#include "benchmark/benchmark.h"
#include "engine/batch/batch.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_state.h"
#include "engine/model/validate.h"
#include "interchange/read_report.h"
#include "interchange/reader.h"

namespace seatwise {
namespace {

// The median time of `work`, in microseconds.
double MedianMicros(int rounds, absl::FunctionRef<void()> work) {
  std::vector<double> micros;
  for (int i = 0; i < rounds; ++i) {
    const Stopwatch watch;
    work();
    micros.push_back(watch.Seconds() * 1e6);
  }
  return MedianOf(std::move(micros)).value();
}

// A tenant, and changes of it.
class Tenant {
 public:
  explicit Tenant(const std::string& folder) {
    ReadReport report;
    std::optional<Columns> columns = ReadColumns(folder, pool_, report);
    SEATWISE_CHECK(columns.has_value()) << folder << " is not a good folder";
    floors["derive"] = MedianMicros(5, [&] { Derive(*columns, pool_); });
    LoadedFacts loaded = LoadedFromColumns(*std::move(columns));
    const Stopwatch watch;
    state_ = LiveStateFrom(std::move(loaded), pool_);
    std::cout << folder << ": " << state_->user_count() << " users, live after " << watch.Seconds()
              << " s, about " << (state_->ApproximateBytes() >> 20) << " MB; peak so far "
              << (PeakResidentBytes() >> 20) << " MB\n";
    FindGroups();
    MeasureFloors();
  }

  const LiveState& state() const { return *state_; }
  // Makes the change and answers the seconds that it took.
  double Commit(std::vector<Change> changes) {
    const ValidatedChangeSet valid =
        Validate({std::move(changes)}, PermissiveFacts()).value().changes.value();
    const Stopwatch watch;
    Prepared prepared = Prepare(state_, valid, pool_);
    const double seconds = watch.Seconds();
    last = prepared.statistics;
    state_->SetHeir(prepared.state);
    const Stopwatch release;
    state_ = std::move(prepared.state);
    last_release = release.Seconds();
    return seconds;
  }

  uint32_t AnyUser() { return static_cast<uint32_t>(random_() % state_->next_numbers().user); }
  // A group whose members have claims, on scarce SKUs or on none.
  uint32_t AnyGroup(bool scarce) {
    const std::vector<uint32_t>& groups = scarce ? scarce_groups_ : plenty_groups_;
    return groups[random_() % groups.size()];
  }
  bool StandsInAQueue(uint32_t user) const { return bool(state_->parts().answers.EntriesOf(user)); }
  bool IsIn(uint32_t user, uint32_t group) const {
    const auto groups = state_->parts().facts.users[user]->groups();
    return std::binary_search(groups.begin(), groups.end(), group);
  }
  // A SKU for which somebody waits.
  SkuNo ScarceSku() const {
    for (SkuNo sku = 0;; ++sku) {
      const SeatUsage seats = state_->SeatsOf(sku);
      if (seats.waiting > 100 && seats.usable > 100 && !seats.off()) return sku;
    }
  }

  PrepareStatistics last;
  double last_release = 0;                // Seconds that it took to let go of the version before.
  std::map<std::string, double> floors;   // By name: microseconds.
  std::map<std::string, double> medians;  // The same by kind of change.
  std::map<std::string, ChainLengths> chains;  // Of member_scarce, and of all seats_N.

 private:
  void MeasureFloors() {
    constexpr size_t kLine = 64, kLines = 200, kRounds = 2'000;
    const std::vector<char> memory(state_->ApproximateBytes(), 0);
    std::vector<size_t> places(2 * kRounds * kLines);
    std::mt19937_64 random(2);
    for (size_t& place : places) place = random() % memory.size() / kLine * kLine;
    const size_t* next = places.data();
    floors["gather"] = MedianMicros(kRounds, [&] {
      int sum = 0;
      for (size_t i = 0; i < kLines; ++i) sum += memory[*next++];
      benchmark::DoNotOptimize(sum);
    });
    size_t found = 0;  // Always, which the processor cannot know before it has read it.
    floors["chase"] = MedianMicros(kRounds, [&] {
      for (size_t i = 0; i < kLines; ++i) found = static_cast<size_t>(memory[*next++ + found]);
      benchmark::DoNotOptimize(found);
    });
  }
  void FindGroups() {
    const LiveParts& parts = state_->parts();
    const auto is_scarce = [&](const LiveCarrier& carrier) {
      for (const Ref<ClaimShape>& shape : parts.facts.shapes[carrier.licensed]->list) {
        for (const ShapeItem& item : shape->items) {
          if (parts.seats[item.sku]->tracked) return true;
        }
      }
      return false;
    };
    parts.facts.carriers.ForEach([&](uint32_t group, const Ref<CarrierList>& carriers) {
      if (!carriers) return;
      const bool scarce = std::any_of(carriers->list.begin(), carriers->list.end(), is_scarce);
      (scarce ? scarce_groups_ : plenty_groups_).push_back(group);
    });
    SEATWISE_CHECK(!scarce_groups_.empty() && !plenty_groups_.empty());
  }

  ThreadPool pool_{2};
  std::shared_ptr<const LiveState> state_;
  std::vector<uint32_t> plenty_groups_;
  std::vector<uint32_t> scarce_groups_;
  std::mt19937_64 random_{1};
};

// The first changes after a tenant was loaded; then so many in a row that all of a small tenant
// comes to lie in the caches; then those of groups with scarce SKUs.
constexpr char kMember[] = "member";
constexpr char kMemberInARow[] = "member_in_a_row";
constexpr char kMemberScarce[] = "member_scarce";

// Takes the times of one kind of change; of which seats move, also among the chains of that name.
class Times {
 public:
  explicit Times(std::string chains = "") : chains_(std::move(chains)) {}

  void Add(benchmark::State& state, Tenant& tenant, double seconds) {
    state.SetIterationTime(seconds);
    micros_.push_back(seconds * 1e6);
    release_micros_.push_back(tenant.last_release * 1e6);
    if (!chains_.empty()) tenant.chains[chains_].Add(tenant.last.queue_repairs, seconds * 1e6);
    repairs_ += static_cast<double>(tenant.last.queue_repairs);
  }
  void Report(benchmark::State& state, Tenant& tenant, const std::string& kind) {
    std::sort(micros_.begin(), micros_.end());
    tenant.medians[kind] = micros_[micros_.size() / 2];
    state.counters["p50_us"] = micros_[micros_.size() / 2];
    state.counters["release_us"] = *MedianOf(std::move(release_micros_));
    state.counters["p99_us"] = micros_[micros_.size() * 99 / 100];
    state.counters["repairs"] = repairs_ / static_cast<double>(micros_.size());
  }

 private:
  const std::string chains_;
  std::vector<double> micros_;
  std::vector<double> release_micros_;
  double repairs_ = 0;
};

// Members more or less: of groups with scarce SKUs, or of groups without and of users without.
std::vector<Change> DrawMembers(Tenant& tenant, bool scarce, size_t count) {
  std::set<std::pair<uint32_t, uint32_t>> drawn;
  std::vector<Change> changes;
  while (changes.size() < count) {
    const uint32_t user = tenant.AnyUser();
    const uint32_t group = tenant.AnyGroup(scarce);
    if (!scarce && tenant.StandsInAQueue(user)) continue;
    if (!drawn.insert({user, group}).second) continue;
    const GroupId group_id(tenant.state().GroupIdOf(group));
    const UserId user_id(tenant.state().UserIdOf(user));
    changes.push_back(
        tenant.IsIn(user, group)
            ? Change(Delete{MembershipKey{group_id, user_id}})
            : Change(Put{Membership{group_id, user_id, Time{1'700'000'000'000'000}}}));
  }
  return changes;
}

void Member(benchmark::State& state, Tenant& tenant, const std::string& kind) {
  const bool scarce = kind == kMemberScarce;
  std::vector<Change> changes =
      DrawMembers(tenant, scarce, static_cast<size_t>(state.max_iterations));
  Times times(scarce ? kind : "");
  for (auto _ : state) {
    const double seconds = tenant.Commit({std::move(changes.back())});
    changes.pop_back();
    times.Add(state, tenant, seconds);
  }
  times.Report(state, tenant, kind);
}

// A few seats more or less of a SKU for which many wait.
void Seats(benchmark::State& state, Tenant& tenant, int64_t units) {
  const SkuNo sku = tenant.ScarceSku();
  const SeatUsage before = tenant.state().SeatsOf(sku);
  Times times("seats");
  bool more = true;
  for (auto _ : state) {
    const Subscription subscription{.id = SubscriptionId(before.sku.value() + "-usable"),
                                    .sku = before.sku,
                                    .units = before.usable + (more ? units : 0)};
    more = !more;
    times.Add(state, tenant, tenant.Commit({Put{subscription}}));
  }
  times.Report(state, tenant, absl::StrCat("seats_", units));
}

// Ten plans that nothing is said about, if there are so many.
PlanIdSet PlansWithoutRelations(const Catalog& catalog) {
  PlanIdSet plans;
  for (PlanNo plan = 0; plan < catalog.plans() && plans.size() < 10; ++plan) {
    const auto empty = [](PlanBits set) {
      return std::all_of(set.begin(), set.end(), [](uint64_t word) { return word == 0; });
    };
    if (empty(catalog.conflicts_of(plan)) && catalog.requirements_of(plan).empty()) {
      plans.insert(catalog.plan(plan).id);
    }
  }
  return plans;
}

// A new SKU without limits for the largest group, and away with it: the two kinds of change take
// turns.
void AssignToMany(benchmark::State& state, Tenant& tenant) {
  const LiveFacts& facts = tenant.state().parts().facts;
  uint32_t largest = 0;
  facts.members.ForEach([&](uint32_t group, const PersistentTree<uint32_t>& members) {
    if (members.size() > facts.members[largest].size()) largest = group;
  });
  const GroupId group(tenant.state().GroupIdOf(largest));
  const SkuId sku("bench-sku");
  const Subscription subscription{
      .id = SubscriptionId("bench-sub"), .sku = sku, .units = 100'000'000};
  tenant.Commit({Put{Sku{.id = sku, .plans = PlansWithoutRelations(tenant.state().catalog())}},
                 Put{subscription}});
  state.counters["members"] = tenant.state().parts().facts.members[largest].size();
  Times times;
  bool add = true;
  for (auto _ : state) {
    const Change change = add ? Change(Put{Assignment{.principal = group, .sku = sku}})
                              : Change(Delete{AssignmentKey{group, sku}});
    add = !add;
    times.Add(state, tenant, tenant.Commit({change}));
  }
  if (!add) tenant.Commit({Delete{AssignmentKey{group, sku}}});
  times.Report(state, tenant, "assign_to_largest");
}

// A row for each kind of change, a column for each tenant: all in microseconds; then the last
// tenant's time as a multiple of the first's. That of `chase` is what memory alone makes of it.
void PrintMedians(const std::vector<std::unique_ptr<Tenant>>& tenants) {
  std::map<std::string, std::vector<double>> rows;
  for (const auto& tenant : tenants) {
    for (const auto* figures : {&tenant->floors, &tenant->medians}) {
      for (const auto& [name, micros] : *figures) rows[name].push_back(micros);
    }
  }
  std::cout << "\nmedians in microseconds, a column for each tenant; last against first\n";
  for (const auto& [name, row] : rows) {
    std::cout << absl::StreamFormat("%-20s", name);
    for (double micros : row) std::cout << absl::StreamFormat(" %12.1f", micros);
    if (row.size() > 1) std::cout << absl::StreamFormat(" %8.2f", row.back() / row.front());
    std::cout << "\n";
  }
}

// What the targets of docs/performance.md speak of, beside what the machine allows (`chase`) and
// what a full recomputation takes (`derive`) in the same run.
void PrintRatios(const Tenant& tenant) {
  constexpr uint64_t kFewSeats = 4;  // I2.
  const auto print = [&](const std::string& name, std::optional<double> micros, const char* floor) {
    if (!micros) return;
    std::cout << absl::StreamFormat("%-44s %12.1f us %10.3f times %s\n", name, *micros,
                                    *micros / tenant.floors.at(floor), floor);
  };
  const auto median = [&](const char* kind) -> std::optional<double> {
    const auto found = tenant.medians.find(kind);
    return found == tenant.medians.end() ? std::nullopt : std::optional(found->second);
  };
  print("I1 member", median(kMember), "chase");
  print("I1 member_in_a_row", median(kMemberInARow), "chase");
  for (const auto& [name, chains] : tenant.chains) {
    print(absl::StrCat("I2 ", name, ", at most 4 users repaired"), chains.MedianUpTo(kFewSeats),
          "chase");
    print(absl::StrCat("I2 ", name, ", each further user"), chains.MedianPerFurther(kFewSeats),
          "chase");
  }
  print("I3 assign_to_largest", median("assign_to_largest"), "derive");
}

// How many changes made the engine answer for how many users because seats moved.
void PrintChains(const Tenant& tenant) {
  for (const auto& [name, chains] : tenant.chains) {
    std::cout << absl::StreamFormat("%-16s %14s\n", "users repaired", name);
    const std::vector<int64_t> bars = chains.Histogram();
    for (size_t bar = 0; bar < bars.size(); ++bar) {
      if (bars[bar] == 0) continue;
      std::cout << absl::StreamFormat("%-16s %14d\n", ChainLengths::NameOfBar(bar), bars[bar]);
    }
  }
}

int Main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  std::vector<std::unique_ptr<Tenant>> tenants;
  for (int i = 1; i < argc; ++i) {
    tenants.push_back(std::make_unique<Tenant>(argv[i]));
    Tenant& tenant = *tenants.back();
    const auto add = [&](const char* name, int64_t rounds,
                         std::function<void(benchmark::State&)> run) {
      benchmark::RegisterBenchmark(absl::StrCat(name, " ", argv[i]).c_str(), run)
          ->UseManualTime()
          ->Iterations(rounds)
          ->Unit(benchmark::kMicrosecond);
    };
    const auto add_member = [&](const char* kind, int64_t rounds) {
      add(kind, rounds, [&tenant, kind](benchmark::State& s) { Member(s, tenant, kind); });
    };
    add_member(kMember, 1'000);
    add_member(kMemberInARow, 20'000);
    add_member(kMemberScarce, 20'000);
    add("seats_1", 2'000, [&](benchmark::State& s) { Seats(s, tenant, 1); });
    add("seats_4", 2'000, [&](benchmark::State& s) { Seats(s, tenant, 4); });
    add("seats_100", 500, [&](benchmark::State& s) { Seats(s, tenant, 100); });
    add("assign_to_largest", 6, [&](benchmark::State& s) { AssignToMany(s, tenant); });
  }
  benchmark::RunSpecifiedBenchmarks();
  PrintMedians(tenants);
  for (size_t i = 0; i < tenants.size(); ++i) {
    std::cout << "\n" << argv[i + 1] << "\n";
    PrintRatios(*tenants[i]);
    PrintChains(*tenants[i]);
  }
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) { return seatwise::Main(argc, argv); }
