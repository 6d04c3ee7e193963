#include "engine/plan/seat_ways.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_sources.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/user_record.h"
#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "engine/model/validate.h"
#include "engine/plan/draft.h"
#include "engine/plan/fix_effect.h"
#include "engine/plan/fix_steps.h"
#include "engine/plan/seat_holders.h"

namespace seatwise {
namespace {

// The direct assignment of a SKU; null if there is none.
const LiveAssignment* DirectOf(const UserRecord& user, SkuNo sku) {
  for (const DirectAssignment& direct : user.direct()) {
    if (direct.assignment.sku == sku) return &direct.assignment;
  }
  return nullptr;
}

bool IsGranted(const LiveState& state, const ClaimName& claim) {
  const std::vector<ClaimItem> items = state.Explain(claim.user);
  return std::any_of(items.begin(), items.end(),
                     [&](const ClaimItem& item) { return claim.Has(item) && item.granted; });
}

class WaySearch {
 public:
  WaySearch(std::shared_ptr<const LiveState> state, const FactsView& facts, const SeatWish& wish,
            absl::Span<const Fix> known, Executor& executor, const SeatWayLimits& limits)
      : state_(std::move(state)),
        facts_(facts),
        draft_(facts),
        wish_(wish),
        sku_(state_->catalog().sku(wish.sku).id),
        seats_(state_->SeatsOf(wish.sku)),
        known_(known),
        executor_(executor),
        limits_(limits) {}

  absl::StatusOr<SeatWays> Run() {
    SEATWISE_RETURN_IF_ERROR(Buy());
    SEATWISE_ASSIGN_OR_RETURN(std::vector<FixStep> renewals, Renewals(draft_, sku_));
    SEATWISE_RETURN_IF_ERROR(TrySubscriptions(SeatWayKind::kRenew, std::move(renewals)));
    SEATWISE_ASSIGN_OR_RETURN(std::vector<FixStep> take_overs, TakeOvers(draft_, sku_));
    SEATWISE_RETURN_IF_ERROR(TrySubscriptions(SeatWayKind::kTakeOver, std::move(take_overs)));
    const IdleHolders idle = FindIdleHolders(*state_, wish_.sku, limits_.most_looked_at);
    SEATWISE_RETURN_IF_ERROR(TakeBack(SeatWayKind::kTakeFromBlocked, idle.blocked, idle.looked_at));
    SEATWISE_RETURN_IF_ERROR(TakeBack(SeatWayKind::kTakeFromGuests, idle.guests, idle.looked_at));
    SEATWISE_RETURN_IF_ERROR(LowerPriorities());
    return std::move(found_);
  }

 private:
  absl::Status Buy();
  absl::Status TrySubscriptions(SeatWayKind kind, std::vector<FixStep> steps);
  absl::Status TakeBack(SeatWayKind kind, const std::vector<uint32_t>& holders, size_t looked_at);
  absl::Status LowerPriorities();
  bool IsKnown(const std::vector<FixStep>& steps) const {
    return std::any_of(known_.begin(), known_.end(),
                       [&](const Fix& fix) { return fix.steps == steps; });
  }
  // Another assignment of the SKU: whom it is for, by how much it touches.
  std::vector<std::pair<int64_t, Principal>> ServedBefore(const LiveSource& own) const;

  // Keeps the way if it does what is wished for; `giving_up` are those of taken_from.
  absl::Status Try(SeatWay way, int64_t touches, const std::vector<uint32_t>& giving_up = {});
  void CountEffect(const LicenseDelta& delta, const std::vector<uint32_t>& giving_up,
                   SeatWay& way) const;

  const std::shared_ptr<const LiveState> state_;
  const FactsView& facts_;
  const Draft draft_;
  const SeatWish& wish_;
  const SkuId sku_;
  const SeatUsage seats_;
  const absl::Span<const Fix> known_;
  Executor& executor_;
  const SeatWayLimits& limits_;
  SeatWays found_;
};

void WaySearch::CountEffect(const LicenseDelta& delta, const std::vector<uint32_t>& giving_up,
                            SeatWay& way) const {
  const absl::flat_hash_set<uint32_t> expected(giving_up.begin(), giving_up.end());
  std::vector<uint32_t> losing;
  for (const LicenseDelta::Run& run : delta.runs) {
    const bool of_sku = run.sku == sku_;
    if (of_sku && !IsHeld(run.before) && IsHeld(run.after)) {
      way.seated += static_cast<int64_t>(run.users.size());
    }
    if (!Loses(run.before, run.after)) continue;
    for (const uint32_t user : run.users) {
      if (!of_sku || !expected.contains(user)) losing.push_back(user);
    }
  }
  std::sort(losing.begin(), losing.end());
  losing.erase(std::unique(losing.begin(), losing.end()), losing.end());
  way.losing = static_cast<int64_t>(losing.size());
  way.losing_sample = SmallestIds(*state_, losing, kMostLosingNamed);
}

absl::Status WaySearch::Try(SeatWay way, int64_t touches, const std::vector<uint32_t>& giving_up) {
  if (way.steps.empty() || IsKnown(way.steps)) return absl::OkStatus();
  if (touches > limits_.most_touched) {
    ++found_.not_tried;
    return absl::OkStatus();
  }
  ChangeSet changes;
  for (const FixStep& step : way.steps) changes.changes.push_back(step.change);
  SEATWISE_ASSIGN_OR_RETURN(const ValidationResult valid, Validate(std::move(changes), facts_));
  if (!valid.changes.has_value()) return absl::OkStatus();
  ++found_.what_ifs;
  const Prepared prepared = Prepare(state_, *valid.changes, executor_);
  if (wish_.grants && !IsGranted(*prepared.state, wish_.claim)) return absl::OkStatus();
  CountEffect(prepared.delta, giving_up, way);
  if (way.seated > 0) found_.ways.push_back(std::move(way));
  return absl::OkStatus();
}

// As many as are wished for; whether fewer would do is not asked again.
absl::Status WaySearch::Buy() {
  const bool is_known = std::any_of(known_.begin(), known_.end(), [](const Fix& fix) {
    return fix.steps.size() == 1 && fix.steps[0].kind == FixKind::kBuySeats;
  });
  if (is_known) return absl::OkStatus();
  const int64_t overage = state_->parts().facts.products.supply(wish_.sku).overage;
  SEATWISE_ASSIGN_OR_RETURN(std::optional<FixStep> step,
                            BuySeats(draft_, sku_, UnitsFor(seats_, overage, wish_.seats)));
  if (!step.has_value()) return absl::OkStatus();
  SeatWay way = {.kind = SeatWayKind::kBuy, .units = step->units};
  way.steps.push_back(*std::move(step));
  return Try(std::move(way), wish_.seats);
}

absl::Status WaySearch::TrySubscriptions(SeatWayKind kind, std::vector<FixStep> steps) {
  if (steps.size() > limits_.most_subscriptions) steps.resize(limits_.most_subscriptions);
  // What is off comes on for all who hold it (S4).
  const int64_t all = seats_.consumed + seats_.waiting;
  for (FixStep& step : steps) {
    const int64_t units = std::get<Subscription>(std::get<Put>(step.change).fact).units;
    SeatWay way = {.kind = kind, .units = units};
    way.steps.push_back(std::move(step));
    SEATWISE_RETURN_IF_ERROR(Try(std::move(way), seats_.off() ? all : std::min(units, all)));
  }
  return absl::OkStatus();
}

// First those who lose nothing else by it: who have it by one direct assignment.
absl::Status WaySearch::TakeBack(SeatWayKind kind, const std::vector<uint32_t>& holders,
                                 size_t looked_at) {
  if (holders.empty()) return absl::OkStatus();
  std::vector<uint32_t> order;
  std::vector<uint32_t> by_group;
  for (const uint32_t user : holders) {
    const std::vector<LiveSource> sources = SourcesOf(*state_, user);
    const bool is_direct = std::none_of(
        sources.begin(), sources.end(),
        [&](const LiveSource& source) { return source.sku == wish_.sku && !source.direct; });
    (is_direct ? order : by_group).push_back(user);
  }
  order.insert(order.end(), by_group.begin(), by_group.end());
  const auto wished = static_cast<size_t>(wish_.seats);
  order.resize(std::min({order.size(), wished, limits_.most_taken_from}));
  SeatWay way = {.kind = kind,
                 .holders = static_cast<int64_t>(holders.size()),
                 .looked_at = static_cast<int64_t>(looked_at)};
  for (const uint32_t user : order) {
    SEATWISE_ASSIGN_OR_RETURN(std::vector<FixStep> steps,
                              GivingUp(*state_, draft_, user, wish_.sku));
    way.steps.insert(way.steps.end(), std::make_move_iterator(steps.begin()),
                     std::make_move_iterator(steps.end()));
  }
  way.taken_from = SmallestIds(*state_, order, order.size());
  return Try(std::move(way), 2 * static_cast<int64_t>(order.size()), order);
}

// The last who holds a seat directly, where one seat will do; then groups, those of the lowest
// priority first and small ones before large ones.
std::vector<std::pair<int64_t, Principal>> WaySearch::ServedBefore(const LiveSource& own) const {
  const LiveFacts& facts = state_->parts().facts;
  std::vector<std::pair<int64_t, Principal>> served;
  if (wish_.seats == 1 || !wish_.grants) {
    std::optional<uint32_t> last;
    ForEachLastHolder(*state_, wish_.sku, limits_.most_looked_at, [&](const QueuePlace& place) {
      const LiveAssignment* direct = DirectOf(*facts.users[place.user], wish_.sku);
      if (direct == nullptr || direct->priority < own.priority) return;
      if (direct->priority == place.priority && direct->assigned_at == place.since) {
        last = place.user;
      }
    });
    if (last.has_value()) served.emplace_back(1, UserId(state_->UserIdOf(*last)));
  }
  std::set<std::tuple<int32_t, int64_t, GroupId>> groups;
  facts.sources[wish_.sku].groups.ForEach([&](uint32_t group) {
    if (!own.direct && own.group == group) return;
    for (const LiveAssignment& assignment : facts.groups[group]->assignments) {
      if (assignment.sku != wish_.sku || assignment.priority < own.priority) continue;
      const std::optional<GroupStatus> status = state_->GroupStatusOf(group);
      groups.emplace(assignment.priority, status ? status->members : 0, facts.groups[group]->id);
    }
  });
  for (const auto& [priority, members, id] : groups) served.emplace_back(members, id);
  return served;
}

absl::Status WaySearch::LowerPriorities() {
  const std::vector<LiveSource> sources = SourcesOf(*state_, wish_.claim.user);
  const std::vector<ClaimItem> items = state_->Explain(wish_.claim.user);
  const LiveSource* own = nullptr;
  for (size_t i = 0; i < items.size(); ++i) {
    if (wish_.claim.Has(items[i]) && items[i].sku == sku_) own = &sources[i];
  }
  if (own == nullptr || own->priority == std::numeric_limits<int32_t>::min()) {
    return absl::OkStatus();
  }
  size_t tried = 0;
  for (auto& [touches, principal] : ServedBefore(*own)) {
    if (tried++ == limits_.most_priorities) break;
    SEATWISE_ASSIGN_OR_RETURN(
        std::optional<FixStep> step,
        LowerPriority(draft_, AssignmentKey{principal, sku_}, own->priority - 1));
    if (!step.has_value()) continue;
    SeatWay way = {.kind = SeatWayKind::kLowerPriority};
    way.steps.push_back(*std::move(step));
    SEATWISE_RETURN_IF_ERROR(Try(std::move(way), touches));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SeatWays> FindSeatWays(const std::shared_ptr<const LiveState>& state,
                                      const FactsView& facts, const SeatWish& wish,
                                      absl::Span<const Fix> known, Executor& executor,
                                      const SeatWayLimits& limits) {
  return WaySearch(state, facts, wish, known, executor, limits).Run();
}

}  // namespace seatwise
