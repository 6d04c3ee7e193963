#include "engine/batch/turn_order.h"

#include <algorithm>
#include <numeric>

#include "base/prefetch.h"

namespace seatwise {

void TurnOrder::Load(UserNo user, absl::Span<const ShapeNo> claims) {
  FindJoined(user, claims);
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
      const Time joined = joined_at_[shape.group];
      keys_.push_back({shape.priority, std::max(joined, shape.assigned_at), joined});
      ++inherited_;  // C3, C4.
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

void TurnOrder::FindJoined(UserNo user, absl::Span<const ShapeNo> claims) {
  for (ShapeNo number : claims) {
    const Shape& shape = shapes_[number];
    if (!shape.direct()) joined_at_[shape.group] = kMaxTime;
  }
  const absl::Span<const GroupNo> groups = columns_.GroupsOf(user);
  const absl::Span<const Time> added_at = columns_.AddedAt(user);
  // Collected without a branch, as which memberships count is anybody's guess.
  if (carrying_.size() < groups.size()) carrying_.resize(groups.size());
  size_t count = 0;
  for (uint32_t i = 0; i < groups.size(); ++i) {
    carrying_[count] = i;
    count += nesting_.Carries(groups[i]) ? 1 : 0;
  }
  for (const uint32_t i : absl::MakeConstSpan(carrying_).first(count)) {
    for (const Carrier& carrier : nesting_.Of(groups[i])) {
      Time& joined = joined_at_[carrier.licensed];  // The earliest of all ways.
      joined = std::min(joined, std::max(added_at[i], carrier.reached_at));
    }
  }
}

void TurnOrder::Fetch(UserNo user) const {
  const absl::Span<const GroupNo> groups = columns_.GroupsOf(user);
  const absl::Span<const Time> added_at = columns_.AddedAt(user);
  PrefetchBytes(groups.data(), groups.size() * sizeof(GroupNo));
  PrefetchBytes(added_at.data(), added_at.size() * sizeof(Time));
}

}  // namespace seatwise
