// How long a plan takes that swaps a SKU for another one in a group: all that the server does for
// PlanChanges but for gRPC, on all processors, as there.
//
//   bazel run -c opt //bench/workload:generate -- --preset=L --out=/tmp/L
//   bazel run -c opt //bench/incremental:plan_bench -- /tmp/L
//
// Two lines for the group of nearly 10,000 members and two for the largest, where the new SKU has
// seats for all and where it has them for half: milliseconds, the median of five, of Prepare, of
// the impact, of the token, of the message, and of all rows.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/lazy_thread_pool.h"
#include "base/process_stats.h"
#include "base/thread_pool.h"
#include "bench/incremental/loaded_from_columns.h"
#include "bench/incremental/permissive_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_state.h"
#include "engine/model/change.h"
#include "engine/model/license_delta.h"
#include "engine/model/validate.h"
#include "engine/plan/impact.h"
#include "interchange/read_report.h"
#include "interchange/reader.h"
#include "service/impact.h"
#include "service/plan_token.h"

namespace seatwise {
namespace {

std::shared_ptr<const LiveState> Load(const std::string& folder) {
  ThreadPool pool(2);
  ReadReport report;
  std::optional<Columns> columns = ReadColumns(folder, pool, report);
  SEATWISE_CHECK(columns.has_value()) << folder << " is not a good folder";
  return LiveStateFrom(LoadedFromColumns(*std::move(columns)), pool);
}

// The next version, validated against nothing: for what is known to fit.
Prepared Next(const std::shared_ptr<const LiveState>& state, std::vector<Change> changes) {
  LazyThreadPool executor(AvailableProcessors());
  return Prepare(state, Validate({std::move(changes)}, PermissiveFacts()).value().changes.value(),
                 executor);
}

// The licensed group whose members are nearest to so many.
uint32_t GroupOf(const LiveState& state, int64_t members) {
  std::optional<GroupStatus> best;
  for (const GroupStatus& group : state.Groups()) {
    const auto off = [&](const GroupStatus& g) { return std::abs(g.members - members); };
    if (!best.has_value() || off(group) < off(*best)) best = group;
  }
  return state.FindGroup(best->group.value()).value();
}

constexpr const char* kStages[] = {"prepare", "impact", "token", "message", "rows"};
using Times = std::array<std::vector<double>, std::size(kStages)>;

// One plan; answers the users that differ.
int64_t Plan(const std::shared_ptr<const LiveState>& state, const std::vector<Change>& changes,
             Times& times) {
  Stopwatch watch;
  size_t stage = 0;
  const auto lap = [&] {
    times[stage++].push_back(watch.Seconds() * 1e3);
    watch = Stopwatch();
  };
  Prepared next = Next(state, changes);
  lap();
  auto delta = std::make_shared<const LicenseDelta>(std::move(next.delta));
  const Impact impact(state, next.state, delta);
  lap();
  const std::string token = ToText(PlanTokenOf(ChangesDigest(""), 1, *delta, *state, *next.state));
  lap();
  const v1::Impact message = ToProto(impact, 100, kRemovalLimit);
  lap();
  int64_t rows = 0;
  ForEachRows(impact, 1 << 20, [&](const v1::ImpactRows& part) {
    rows += part.ByteSizeLong() > 0 ? 1 : 0;
    return true;
  });
  lap();
  SEATWISE_CHECK(!token.empty() && rows > 0);
  return message.users_affected();
}

void Measure(const std::shared_ptr<const LiveState>& base, uint32_t group, int64_t units) {
  const GroupId id(base->GroupIdOf(group));
  const LiveParts& parts = base->parts();
  const SkuNo old_sku = parts.facts.shapes[group]->list.front()->items.front().sku;
  const SkuId sku("bench-sku");
  // The new SKU has the plans of the old one.
  const auto state =
      Next(base, {Put{Sku{.id = sku, .plans = base->catalog().sku(old_sku).plans}},
                  Put{Subscription{.id = SubscriptionId("bench-sub"), .sku = sku, .units = units}}})
          .state;
  const std::vector<Change> swap = {Delete{AssignmentKey{id, base->catalog().sku(old_sku).id}},
                                    Put{Assignment{.principal = id, .sku = sku}}};
  Times times;
  int64_t users = 0;
  for (int round = 0; round < 5; ++round) users = Plan(state, swap, times);
  std::string line = absl::StrCat(base->GroupStatusOf(group)->members, " members, ", units,
                                  " seats, ", users, " users differ:");
  double all = 0;
  for (size_t stage = 0; stage < times.size(); ++stage) {
    std::sort(times[stage].begin(), times[stage].end());
    const double median = times[stage][times[stage].size() / 2];
    if (stage + 1 < times.size()) all += median;
    absl::StrAppend(&line, absl::StrFormat(" %s %.1f", kStages[stage], median));
  }
  std::cout << line << absl::StrFormat("; without rows %.1f ms", all) << std::endl;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const auto state = seatwise::Load(argv[i]);
    std::cout << argv[i] << ": " << state->user_count() << " users" << std::endl;
    for (const int64_t members : {int64_t{10'000}, static_cast<int64_t>(state->user_count())}) {
      const uint32_t group = seatwise::GroupOf(*state, members);
      const int64_t all = state->GroupStatusOf(group)->members;
      for (const int64_t units : {all, all / 2}) seatwise::Measure(state, group, units);
    }
  }
}
