#include "engine/report/explanation.h"

#include <utility>
#include <variant>

#include "base/check.h"
#include "engine/incremental/live_sources.h"
#include "engine/model/plan_bits.h"

namespace seatwise {
namespace {

std::vector<uint64_t> Without(PlanBits all, PlanBits some) {
  std::vector<uint64_t> rest(all.begin(), all.end());
  for (size_t i = 0; i < rest.size(); ++i) rest[i] &= ~some[i];
  return rest;
}

// The queue that the item waits in; nothing if it lacks no seat.
std::optional<QueuePosition> QueueOf(const LiveState& state, SkuNo sku, const ClaimItem& item,
                                     int64_t waiting) {
  for (const Violation& violation : item.violations) {
    const auto* count = std::get_if<Count>(&violation);
    if (count == nullptr) continue;
    QueuePosition queue{.place = count->place, .waiting = waiting, .ahead = {}};
    ForEachWaiting(state, sku, [&](uint32_t user) {
      const bool is_ahead = static_cast<int64_t>(queue.ahead.size()) + 1 < queue.place;
      if (is_ahead) queue.ahead.push_back(user);
      return is_ahead && queue.ahead.size() < kMostAhead;
    });
    return queue;
  }
  return std::nullopt;
}

}  // namespace

std::vector<LicenseExplanation> ExplainLicenses(const LiveState& state, uint32_t user,
                                                std::optional<SkuNo> sku) {
  std::vector<ClaimItem> items = state.Explain(user);
  std::vector<LiveSource> sources = SourcesOf(state, user);
  SEATWISE_CHECK(items.size() == sources.size()) << "an item has no source";
  const GroupPaths paths(state, user);
  std::vector<LicenseExplanation> licenses;
  state.ForEachLicense(user, [&](const LiveLicense& license) {
    if (sku.has_value() && license.sku != *sku) return;
    LicenseExplanation& added = licenses.emplace_back();
    added.sku = license.sku;
    added.state = license.state;
    added.enabled_plans.assign(license.enabled_plans.begin(), license.enabled_plans.end());
    added.seats = state.SeatsOf(license.sku);
    const PlanBits all = state.catalog().user_plans(license.sku);
    for (size_t i = 0; i < sources.size(); ++i) {
      LiveSource& source = sources[i];
      if (source.sku != license.sku) continue;
      SourceExplanation& row = added.sources.emplace_back();
      row.queue = QueueOf(state, source.sku, items[i], added.seats.waiting);
      row.item = std::move(items[i]);
      if (!source.direct) row.path = paths.To(source.group);
      row.without_plans = Without(all, source.plans);
      row.plans = std::move(source.plans);
      row.priority = source.priority;
      row.since = source.since;
      row.joined = source.joined;
    }
  });
  return licenses;
}

}  // namespace seatwise
