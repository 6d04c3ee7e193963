#include "engine/incremental/turn_condition.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/prefetch.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/ref.h"

namespace seatwise {
namespace {

QueuePlace PlaceAt(Time joined, const GroupTurn& claim) {
  return {
      .priority = claim.priority, .since = std::max(joined, claim.assigned_at), .joined = joined};
}

bool IsNotBehind(const GroupTurn& firm, const QueuePlace& place, const QueuePlace& swapped) {
  return CompareTimes(place, swapped) < (firm.behind_at_ties ? 0 : 1);
}

}  // namespace

std::vector<const CarrierList*> CarriersOf(const LiveFacts& facts, Executor& executor) {
  std::vector<const CarrierList*> all(facts.carriers.size());
  ParallelShards(executor, all.size(), [&](Shard groups) {
    PersistentVector<Ref<CarrierList>>::Reader carriers(facts.carriers);
    for (size_t group = groups.begin; group < groups.end; ++group) {
      all[group] = carriers[static_cast<uint32_t>(group)].get();
    }
  });
  return all;
}

TurnReader::TurnReader(const LiveFacts& facts, absl::Span<const CarrierList* const> carriers,
                       absl::Span<const GroupTurn> swapped)
    : facts_(facts), carriers_(carriers), swapped_(swapped), joined_(facts.next.group) {
  if (swapped.empty()) return;
  const uint32_t group = swapped[0].group;
  const bool one_group = std::all_of(swapped.begin(), swapped.end(),
                                     [&](const GroupTurn& turn) { return turn.group == group; });
  if (one_group && facts.groups[group]->children.empty()) only_direct_ = group;
}

// In steps, each when the one before has done its work: the place of the record, the record and the
// conditions, the carriers of its groups.
void TurnReader::ForEachUnmet(absl::Span<const uint32_t> users, ConditionsOf conditions_of,
                              absl::FunctionRef<void(size_t)> visit) {
  constexpr size_t kStep = 8, kAhead = 3 * kStep;
  constexpr size_t kRecordBytes = 3 * kCacheLine;  // Of nearly all, those with their groups.
  std::array<const UserRecord*, kAhead> records = {};
  for (size_t next = 0; next < users.size() + kAhead; ++next) {
    if (next >= kAhead) {
      const size_t i = next - kAhead;
      if (!Holds(users[i], *records[i % kAhead], conditions_of(i))) visit(i);
    }
    if (next < users.size()) facts_.users.Prefetch(users[next]);
    if (next >= kStep && next - kStep < users.size()) {
      const size_t i = next - kStep;
      records[i % kAhead] = facts_.users[users[i]].get();
      PrefetchBytes(records[i % kAhead], kRecordBytes);
      PrefetchBytes(conditions_of(i).data(), sizeof(TurnCondition));
    }
    if (next >= 2 * kStep && next - 2 * kStep < users.size()) {
      const size_t i = next - 2 * kStep;
      if (AsksForOneGroup(conditions_of(i))) continue;
      for (uint32_t group : records[i % kAhead]->groups()) {
        if (carriers_[group] != nullptr) PrefetchLine(carriers_[group]);
      }
    }
  }
}

// By several ways into one group: the earliest time counts (M2).
void TurnReader::FindJoined(uint32_t user, const UserRecord& record) {
  for (size_t i = 0; i < record.groups().size(); ++i) {
    const CarrierList* carriers = carriers_[record.groups()[i]];
    if (carriers == nullptr) continue;
    for (const LiveCarrier& carrier : carriers->list) {
      const Time at = std::max(record.added_at()[i], carrier.reached_at);
      Joined& joined = joined_[carrier.licensed];
      joined = {user, joined.user == user ? std::min(joined.at, at) : at};
    }
  }
}

// Nothing for a group that is not licensed any more, of whose members nobody keeps track then.
std::optional<QueuePlace> TurnReader::PlaceOf(uint32_t user, const GroupTurn& claim) const {
  const Joined& joined = joined_[claim.group];
  if (joined.user != user) return std::nullopt;
  return PlaceAt(joined.at, claim);
}

// Of one group all are joined at the same time, which the record of the user tells.
bool TurnReader::AsksForOneGroup(absl::Span<const TurnCondition> conditions) const {
  return only_direct_.has_value() &&
         std::all_of(conditions.begin(), conditions.end(), [&](const TurnCondition& condition) {
           return std::any_of(condition.firm.begin(), condition.firm.end(),
                              [&](const GroupTurn& firm) { return firm.group == only_direct_; });
         });
}

// Whether that is enough for all conditions to hold.
bool TurnReader::HoldsByOneGroup(const UserRecord& record,
                                 absl::Span<const TurnCondition> conditions) const {
  if (!only_direct_.has_value()) return false;
  const absl::Span<const uint32_t> groups = record.groups();
  const auto found = std::lower_bound(groups.begin(), groups.end(), *only_direct_);
  if (found == groups.end() || *found != *only_direct_) return false;
  const Time joined = record.added_at()[static_cast<size_t>(found - groups.begin())];
  const auto is_ahead = [&](const GroupTurn& firm) {
    return firm.group == only_direct_ &&
           std::all_of(swapped_.begin(), swapped_.end(), [&](const GroupTurn& swapped) {
             return IsNotBehind(firm, PlaceAt(joined, firm), PlaceAt(joined, swapped));
           });
  };
  return std::all_of(conditions.begin(), conditions.end(), [&](const TurnCondition& condition) {
    return std::any_of(condition.firm.begin(), condition.firm.end(), is_ahead);
  });
}

bool TurnReader::IsAhead(uint32_t user, const GroupTurn& firm, const GroupTurn& claim) const {
  const QueuePlace place = PlaceOf(user, firm).value();
  const auto is_not_behind = [&](const GroupTurn& swapped) {
    const std::optional<QueuePlace> other = PlaceOf(user, swapped);
    return other.has_value() && IsNotBehind(firm, place, *other);
  };
  if (std::all_of(swapped_.begin(), swapped_.end(), is_not_behind)) return true;
  const int by_times = CompareTimes(place, PlaceOf(user, claim).value());
  return by_times != 0 ? by_times < 0 : firm.position < claim.position;
}

bool TurnReader::Holds(uint32_t user, const UserRecord& record,
                       absl::Span<const TurnCondition> conditions) {
  if (HoldsByOneGroup(record, conditions)) return true;
  FindJoined(user, record);
  return std::all_of(conditions.begin(), conditions.end(), [&](const TurnCondition& condition) {
    return std::any_of(condition.firm.begin(), condition.firm.end(),
                       [&](const GroupTurn& firm) { return IsAhead(user, firm, condition.claim); });
  });
}

}  // namespace seatwise
