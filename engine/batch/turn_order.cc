#include "engine/batch/turn_order.h"

#include <algorithm>
#include <numeric>

#include "base/prefetch.h"

namespace seatwise {

void TurnOrder::Load(UserNo user, absl::Span<const ShapeNo> claims) {
  FindJoined(user);
  keys_.clear();
  inherited_ = 0;
  // A user's direct assignments and direct claims are both ascending by SKU, each SKU once.
  const AssignmentRow* direct = columns_.DirectOf(user).data();
  for (ShapeNo number : claims) {
    const Shape& shape = shapes_[number];
    if (shape.direct()) {
      keys_.push_back({direct->priority, direct->assigned_at, direct->assigned_at});  // C2.
      ++direct;
    } else {
      keys_.push_back(InheritedKey(shape));
      ++inherited_;
    }
  }
  order_.resize(claims.size());
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(), [&](uint32_t x, uint32_t y) {
    if (keys_[x] < keys_[y]) return true;
    if (keys_[y] < keys_[x]) return false;
    return TieRank(x) < TieRank(y);
  });
}

uint32_t TurnOrder::TieRank(uint32_t claim) const {
  const uint32_t direct = static_cast<uint32_t>(keys_.size()) - inherited_;
  return claim >= inherited_ ? claim - inherited_ : claim + direct;
}

QueueKey TurnOrder::InheritedKey(const Shape& shape) const {
  const Time joined = JoinedAt(shape.group);
  return {shape.priority, std::max(joined, shape.assigned_at), joined};  // C3, C4.
}

Time TurnOrder::JoinedAt(GroupNo group) const {
  const auto it =
      std::lower_bound(joined_.begin(), joined_.end(), group,
                       [](const Joined& joined, GroupNo wanted) { return joined.group < wanted; });
  return it->at;
}

void TurnOrder::FindJoined(UserNo user) {
  joined_.clear();
  const absl::Span<const GroupNo> groups = columns_.GroupsOf(user);
  const absl::Span<const Time> added_at = columns_.AddedAt(user);
  bool ascending = true;
  for (size_t i = 0; i < groups.size(); ++i) {
    if (!nesting_.Carries(groups[i])) continue;
    for (const Carrier& carrier : nesting_.Of(groups[i])) {
      ascending = ascending && (joined_.empty() || joined_.back().group < carrier.licensed);
      joined_.push_back({carrier.licensed, std::max(added_at[i], carrier.reached_at)});
    }
  }
  if (ascending) return;
  // The earliest of all ways comes first and stays.
  std::sort(joined_.begin(), joined_.end(), [](const Joined& a, const Joined& b) {
    return a.group != b.group ? a.group < b.group : a.at < b.at;
  });
  joined_.erase(std::unique(joined_.begin(), joined_.end(),
                            [](const Joined& a, const Joined& b) { return a.group == b.group; }),
                joined_.end());
}

void TurnOrder::Fetch(UserNo user) const {
  const absl::Span<const GroupNo> groups = columns_.GroupsOf(user);
  const absl::Span<const Time> added_at = columns_.AddedAt(user);
  PrefetchBytes(groups.data(), groups.size() * sizeof(GroupNo));
  PrefetchBytes(added_at.data(), added_at.size() * sizeof(Time));
}

}  // namespace seatwise
