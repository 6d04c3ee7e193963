#include "engine/incremental/claim_reader.h"

#include <algorithm>

namespace seatwise {

absl::Span<const LiveClaim> ClaimReader::Of(uint32_t user) {
  claims_.clear();
  const UserRecord& record = *facts_->users[user];
  AddDirect(record);
  AddInherited(record);
  return claims_;
}

// C2.
void ClaimReader::AddDirect(const UserRecord& user) {
  for (const DirectAssignment& direct : user.direct()) {
    const Time at = direct.assignment.assigned_at;
    claims_.push_back({.shape = direct.shape.get(),
                       .priority = direct.assignment.priority,
                       .since = at,
                       .joined = at});
  }
  if (claims_.size() < 2) return;
  const Catalog& catalog = facts_->catalog();
  std::sort(claims_.begin(), claims_.end(), [&](const LiveClaim& a, const LiveClaim& b) {
    return catalog.sku(a.shape->smallest_sku).id < catalog.sku(b.shape->smallest_sku).id;
  });
}

// C3, C4.
void ClaimReader::AddInherited(const UserRecord& user) {
  joined_.clear();
  for (size_t i = 0; i < user.groups().size(); ++i) {
    const Ref<CarrierList>& carriers = facts_->carriers[user.groups()[i]];
    if (!carriers) continue;
    for (const LiveCarrier& carrier : carriers->list) {
      joined_.push_back({.shapes = facts_->shapes[carrier.licensed].get(),
                         .at = std::max(user.added_at()[i], carrier.reached_at)});
    }
  }
  // By several ways into one group: the earliest time counts (M2).
  std::sort(joined_.begin(), joined_.end(), [&](const Joined& a, const Joined& b) {
    if (a.shapes == b.shapes) return a.at < b.at;
    if (a.shapes->id_prefix != b.shapes->id_prefix)
      return a.shapes->id_prefix < b.shapes->id_prefix;
    return facts_->GroupIdOf(a.shapes->group) < facts_->GroupIdOf(b.shapes->group);
  });
  const GroupShapes* last = nullptr;
  for (const Joined& joined : joined_) {
    if (joined.shapes == last) continue;
    last = joined.shapes;
    for (const Ref<ClaimShape>& shape : joined.shapes->list) {
      claims_.push_back({.shape = shape.get(),
                         .priority = shape->head.priority,
                         .since = std::max(joined.at, shape->head.assigned_at),
                         .joined = joined.at});
    }
  }
}

}  // namespace seatwise
