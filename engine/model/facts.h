// The facts of one tenant as values (semantics section 1): what is stored, and all that the derived
// state depends on. Plain data: engine/model/validate.h is the door that checks it.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "base/time.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"

namespace seatwise {

// A set of service plans; iterates in the order of the ids' bytes.
using PlanIdSet = absl::btree_set<PlanId>;

// How claims are cut (C3, C4). SKU_INDEPENDENT: one per assignment. GROUP_ATOMIC: one per group.
enum class AssignmentMode : uint8_t { kSkuIndependent, kGroupAtomic };

// The tenant's own settings.
struct TenantSettings {
  AssignmentMode assignment_mode = AssignmentMode::kSkuIndependent;
  bool nested_groups = false;       // M2 instead of M1.
  Location default_usage_location;  // For users without one; may be empty.
  int32_t retention_days = 30;      // L3.

  friend bool operator==(const TenantSettings&, const TenantSettings&) = default;
};

// Whom a service plan is for. COMPANY plans are never enabled for a user (C1).
enum class AppliesTo : uint8_t { kUser, kCompany };

// A service plan: the part of a product that can be switched on or off for a user.
struct ServicePlan {
  PlanId id;
  std::string name;
  std::string display_name;
  AppliesTo applies_to = AppliesTo::kUser;
  bool unique_address = false;  // K3.
  bool retains_data = false;    // L3.

  friend bool operator==(const ServicePlan&, const ServicePlan&) = default;
};

// "No limit", as overage and as capacity.
inline constexpr int64_t kUnlimited = std::numeric_limits<int64_t>::max();

// A product that is bought in units: a bundle of service plans.
struct Sku {
  SkuId id;
  std::string part_number;
  std::string display_name;
  PlanIdSet plans;
  int64_t overage_units = 0;  // Seats beyond the usable ones (S3), or kUnlimited.

  friend bool operator==(const Sku&, const Sku&) = default;
};

// Two different plans that one user must not have enabled together (K4). Unordered: the
// normalised form has a < b.
struct PlanConflict {
  PlanId a;
  PlanId b;

  friend bool operator==(const PlanConflict&, const PlanConflict&) = default;
  friend auto operator<=>(const PlanConflict&, const PlanConflict&) = default;
};

// `plan` works only where at least one plan of `any_of` is enabled for the same user (K5). A plan
// may have several requirements: all must hold. `any_of` is not empty.
struct PlanRequirement {
  PlanId plan;
  PlanIdSet any_of;

  friend bool operator==(const PlanRequirement&, const PlanRequirement&) = default;
  // By plan, then by the sets as sorted lists of ids.
  friend bool operator<(const PlanRequirement& x, const PlanRequirement& y) {
    return std::tie(x.plan, x.any_of) < std::tie(y.plan, y.any_of);
  }
};

// `plan` may not be enabled for users in `location` (K2).
struct PlanProhibition {
  PlanId plan;
  Location location;

  friend bool operator==(const PlanProhibition&, const PlanProhibition&) = default;
  friend auto operator<=>(const PlanProhibition&, const PlanProhibition&) = default;
};

// Where a subscription is in its life. ENABLED and WARNING (in grace) are usable (S1), SUSPENDED
// and LOCKED_OUT are parked (S2), DELETED never counts.
enum class SubscriptionStatus : uint8_t { kEnabled, kWarning, kSuspended, kLockedOut, kDeleted };

// A price per unit, in ten-thousandths of the currency, so that 4 decimals are exact.
struct UnitPrice {
  int64_t ten_thousandths = 0;

  friend bool operator==(const UnitPrice&, const UnitPrice&) = default;
};

// Units of one SKU, bought together.
struct Subscription {
  SubscriptionId id;
  SkuId sku;
  int64_t units = 0;  // 0 to 10^12.
  SubscriptionStatus status = SubscriptionStatus::kEnabled;
  bool self_service = false;  // Bought by users for themselves: never counts (S1).
  std::optional<UnitPrice> unit_price;
  std::string currency;  // Three letters A-Z, or empty.
  std::optional<Time> renews_at;

  friend bool operator==(const Subscription&, const Subscription&) = default;
};

enum class UserType : uint8_t { kMember, kGuest };

// A person or account of the directory. Blocked accounts and guests hold licenses like anyone else.
struct User {
  UserId id;
  std::string user_principal_name;
  std::string display_name;
  Location usage_location;  // Empty: the tenant's default holds.
  bool account_enabled = true;
  UserType user_type = UserType::kMember;
  Time created_at;
  absl::btree_set<std::string> proxy_addresses;  // As spelled; K3 compares them in lower case.
  absl::btree_map<std::string, std::string> attributes;

  friend bool operator==(const User&, const User&) = default;
};

// A group of the directory. It is licensed if it has an assignment.
struct Group {
  GroupId id;
  std::string display_name;
  std::string membership_rule;  // Stored only.

  friend bool operator==(const Group&, const Group&) = default;
};

// A user or a group in a group. A group inside another counts only with nested_groups (M1, M2).
struct Membership {
  GroupId group;
  Principal member;
  Time added_at;

  friend bool operator==(const Membership&, const Membership&) = default;
};

// The wish that a user, or everyone in a group, gets a SKU without its `disabled_plans`.
struct Assignment {
  Principal principal;
  SkuId sku;
  PlanIdSet disabled_plans;  // Plans that are not in the SKU are ignored (C1).
  int32_t priority = 0;      // Higher is served first.
  Time assigned_at;

  friend bool operator==(const Assignment&, const Assignment&) = default;
};

// What the directory really has for a user and SKU. Never influences the derived state; may name
// users, SKUs and plans that do not exist (section 9).
struct Observed {
  UserId user;
  SkuId sku;
  PlanIdSet disabled_plans;

  friend bool operator==(const Observed&, const Observed&) = default;
};

// Any one fact.
using Fact =
    std::variant<TenantSettings, ServicePlan, Sku, PlanConflict, PlanRequirement, PlanProhibition,
                 Subscription, User, Group, Membership, Assignment, Observed>;

// All facts of one tenant. Rows in any order: the derived state does not depend on it.
struct Facts {
  TenantSettings settings;
  std::vector<ServicePlan> plans;
  std::vector<Sku> skus;
  std::vector<PlanConflict> conflicts;
  std::vector<PlanRequirement> requirements;
  std::vector<PlanProhibition> prohibitions;
  std::vector<Subscription> subscriptions;
  std::vector<User> users;
  std::vector<Group> groups;
  std::vector<Membership> memberships;
  std::vector<Assignment> assignments;
  std::vector<Observed> observed;

  friend bool operator==(const Facts&, const Facts&) = default;
};

}  // namespace seatwise
