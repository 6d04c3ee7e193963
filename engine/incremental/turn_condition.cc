#include "engine/incremental/turn_condition.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/prefetch.h"
#include "engine/incremental/ref.h"

namespace seatwise {

TurnReader::TurnReader(const LiveFacts& facts, absl::Span<const GroupTurn> swapped)
    : facts_(facts), swapped_(swapped), joined_(facts.next.group) {
  carriers_.reserve(facts.carriers.size());
  facts.carriers.ForEach(
      [&](uint32_t, const Ref<CarrierList>& carriers) { carriers_.push_back(carriers.get()); });
}

// What lies behind a reference is fetched once the reference was.
void TurnReader::Prefetch(absl::Span<const uint32_t> users) const {
  constexpr size_t kNear = 8, kFar = 16, kFarther = 24;
  constexpr size_t kRecordBytes = 3 * kCacheLine;  // Of nearly all, those with their groups.
  if (users.size() > kFarther) facts_.users.Prefetch(users[kFarther]);
  if (users.size() > kFar) PrefetchBytes(facts_.users[users[kFar]].get(), kRecordBytes);
  if (users.size() <= kNear) return;
  for (uint32_t group : facts_.users[users[kNear]]->groups()) {
    if (carriers_[group] != nullptr) PrefetchLine(carriers_[group]);
  }
}

// By several ways into one group: the earliest time counts (M2).
void TurnReader::FindJoined(uint32_t user) {
  const UserRecord& record = *facts_.users[user];
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
  return QueuePlace{.priority = claim.priority,
                    .since = std::max(joined.at, claim.assigned_at),
                    .joined = joined.at};
}

bool TurnReader::IsAhead(uint32_t user, const GroupTurn& firm, const GroupTurn& claim) const {
  const QueuePlace place = PlaceOf(user, firm).value();
  const auto is_not_behind = [&](const GroupTurn& swapped) {
    const std::optional<QueuePlace> other = PlaceOf(user, swapped);
    return other.has_value() && CompareTimes(place, *other) < (firm.behind_at_ties ? 0 : 1);
  };
  if (std::all_of(swapped_.begin(), swapped_.end(), is_not_behind)) return true;
  const int by_times = CompareTimes(place, PlaceOf(user, claim).value());
  return by_times != 0 ? by_times < 0 : firm.position < claim.position;
}

bool TurnReader::Holds(uint32_t user, absl::Span<const TurnCondition> conditions) {
  if (conditions.empty()) return true;
  FindJoined(user);
  return std::all_of(conditions.begin(), conditions.end(), [&](const TurnCondition& condition) {
    return std::any_of(condition.firm.begin(), condition.firm.end(),
                       [&](const GroupTurn& firm) { return IsAhead(user, firm, condition.claim); });
  });
}

}  // namespace seatwise
