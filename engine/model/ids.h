// The ids of the things a tenant consists of (semantics section 1). Opaque bytes, ordered by bytes;
// ids of different kinds are independent: a user and a group may share one.
#pragma once

#include <variant>

#include "base/id.h"

namespace seatwise {

using UserId = Id<struct UserTag>;
using GroupId = Id<struct GroupTag>;
using SkuId = Id<struct SkuTag>;
using PlanId = Id<struct PlanTag>;
using SubscriptionId = Id<struct SubscriptionTag>;

// Whom an assignment names and what a claim comes from. Users order before groups (direct before
// inherited, C5); files order "group" before "user", by bytes.
using Principal = std::variant<UserId, GroupId>;

// True for a user: the assignment is direct.
inline bool IsDirect(const Principal& principal) {
  return std::holds_alternative<UserId>(principal);
}

// The id without its kind.
inline const std::string& PrincipalIdValue(const Principal& principal) {
  return std::visit([](const auto& id) -> const std::string& { return id.value(); }, principal);
}

}  // namespace seatwise
