// What identifies a fact: two facts of a tenant never have equal keys (semantics section 1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <variant>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"

namespace seatwise {

// The kinds of facts, in the order of `Fact`. A fact names facts of its own or earlier kinds only.
enum class FactKind : uint8_t {
  kTenantSettings,
  kServicePlan,
  kSku,
  kPlanConflict,
  kPlanRequirement,
  kPlanProhibition,
  kSubscription,
  kUser,
  kGroup,
  kMembership,
  kAssignment,
  kObserved,
};
inline constexpr size_t kFactKinds = std::variant_size_v<Fact>;

// A tenant has its settings once.
struct TenantSettingsKey {
  friend bool operator==(const TenantSettingsKey&, const TenantSettingsKey&) = default;
  friend auto operator<=>(const TenantSettingsKey&, const TenantSettingsKey&) = default;
};

struct MembershipKey {
  GroupId group;
  Principal member;

  friend bool operator==(const MembershipKey&, const MembershipKey&) = default;
  friend auto operator<=>(const MembershipKey&, const MembershipKey&) = default;
};

struct AssignmentKey {
  Principal principal;
  SkuId sku;

  friend bool operator==(const AssignmentKey&, const AssignmentKey&) = default;
  friend auto operator<=>(const AssignmentKey&, const AssignmentKey&) = default;
};

struct ObservedKey {
  UserId user;
  SkuId sku;

  friend bool operator==(const ObservedKey&, const ObservedKey&) = default;
  friend auto operator<=>(const ObservedKey&, const ObservedKey&) = default;
};

// Any one key. Alternative n belongs to FactKind n; the three relations of plans have no content
// besides their key, so they are their own keys. Ordered by kind, then by value.
using FactKey =
    std::variant<TenantSettingsKey, PlanId, SkuId, PlanConflict, PlanRequirement, PlanProhibition,
                 SubscriptionId, UserId, GroupId, MembershipKey, AssignmentKey, ObservedKey>;
static_assert(std::variant_size_v<FactKey> == kFactKinds);

// A user or a group as a fact.
inline FactKey KeyOf(const Principal& principal) {
  return std::visit([](const auto& id) { return FactKey(id); }, principal);
}
// The key of a fact, normalised.
FactKey KeyOf(const Fact& fact);

// The one spelling of a key: a conflict has its smaller plan first.
FactKey Normalised(FactKey key);
// The same for a fact.
Fact Normalised(Fact fact);

inline FactKind KindOf(const FactKey& key) { return static_cast<FactKind>(key.index()); }
inline FactKind KindOf(const Fact& fact) { return static_cast<FactKind>(fact.index()); }

// "SKU", "membership".
absl::string_view KindName(FactKind kind);
// In the plural.
absl::string_view KindNames(FactKind kind);

// For people: "assignment of SKU 'E3' to group 'staff'". Printable whatever the ids hold; long sets
// are cut.
std::string Describe(const FactKey& key);

// For people: "user 'ana'".
std::string Describe(const Principal& principal);

std::ostream& operator<<(std::ostream& out, const FactKey& key);

template <typename H>
H AbslHashValue(H state, const TenantSettingsKey&) {
  return state;
}
template <typename H>
H AbslHashValue(H state, const PlanConflict& key) {
  return H::combine(std::move(state), key.a, key.b);
}
template <typename H>
H AbslHashValue(H state, const PlanRequirement& key) {
  return H::combine(std::move(state), key.plan, key.any_of);
}
template <typename H>
H AbslHashValue(H state, const PlanProhibition& key) {
  return H::combine(std::move(state), key.plan, key.location);
}
template <typename H>
H AbslHashValue(H state, const MembershipKey& key) {
  return H::combine(std::move(state), key.group, key.member.index(), PrincipalIdValue(key.member));
}
template <typename H>
H AbslHashValue(H state, const AssignmentKey& key) {
  return H::combine(std::move(state), key.principal.index(), PrincipalIdValue(key.principal),
                    key.sku);
}
template <typename H>
H AbslHashValue(H state, const ObservedKey& key) {
  return H::combine(std::move(state), key.user, key.sku);
}

// For hash tables of keys: this abseil does not hash std::variant by itself.
struct FactKeyHash {
  size_t operator()(const FactKey& key) const {
    return std::visit([&](const auto& value) { return absl::HashOf(key.index(), value); }, key);
  }
};

}  // namespace seatwise
