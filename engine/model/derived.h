// The derived state of one tenant as values (semantics sections 6 and 7): what every user gets,
// what became of every claim, and how the seats stand. All lists are sorted, so equal states are
// equal values; engines that hold the state in other forms expand to this one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"

namespace seatwise {

// Why an item of a claim is rejected, in display order (K1 to K7).
enum class ViolationCode : uint8_t {
  kUsageLocationMissing,       // K1
  kProhibitedInUsageLocation,  // K2
  kUniqueness,                 // K3
  kMutuallyExclusive,          // K4
  kDependency,                 // K5
  kCount,                      // K6
  kOther,                      // K7
};
inline constexpr int kViolationCodes = 7;

// The name in files and reports, as Microsoft Graph spells it: "CountViolation".
absl::string_view ViolationName(ViolationCode code);

// A set of violation codes: bit n is the code with value n.
using ViolationMask = uint8_t;

inline bool Contains(ViolationMask mask, ViolationCode code) {
  return (mask >> static_cast<int>(code) & 1) != 0;
}

// Where a plan comes from: an item of a claim.
struct PlanSource {
  SkuId sku;
  Principal source;

  friend bool operator==(const PlanSource&, const PlanSource&) = default;
  friend auto operator<=>(const PlanSource&, const PlanSource&) = default;
};

// The details of the violations. One type for each code, in the order of the codes.

// K1: neither the user nor the tenant has a location.
struct UsageLocationMissing {
  friend bool operator==(const UsageLocationMissing&, const UsageLocationMissing&) = default;
};

// K2: these plans of the item (sorted, at least one) are prohibited in the user's location.
struct ProhibitedInUsageLocation {
  std::vector<PlanId> plans;
  Location location;

  friend bool operator==(const ProhibitedInUsageLocation&,
                         const ProhibitedInUsageLocation&) = default;
};

// One proxy address of the user that belongs to somebody else.
struct AddressClash {
  std::string address;  // In ASCII lower case.
  UserId owner;

  friend bool operator==(const AddressClash&, const AddressClash&) = default;
  friend auto operator<=>(const AddressClash&, const AddressClash&) = default;
};

// K3: these plans of the item (sorted) need unique addresses; these addresses (sorted) clash.
struct Uniqueness {
  std::vector<PlanId> plans;
  std::vector<AddressClash> clashes;

  friend bool operator==(const Uniqueness&, const Uniqueness&) = default;
};

// One plan of the item against one plan that the user has from elsewhere or in the same claim.
struct Exclusion {
  PlanId plan;   // p, of the item.
  PlanId other;  // q, in conflict with p.
  // The items, of granted claims and of this claim, that enable q. Sorted by (sku, source).
  std::vector<PlanSource> sources;

  friend bool operator==(const Exclusion&, const Exclusion&) = default;
};

// K4: sorted by (plan, other).
struct MutuallyExclusive {
  std::vector<Exclusion> exclusions;

  friend bool operator==(const MutuallyExclusive&, const MutuallyExclusive&) = default;
};

// K5: requirements of plans of the item of which no plan is enabled. Sorted.
struct Dependency {
  std::vector<PlanRequirement> unmet;

  friend bool operator==(const Dependency&, const Dependency&) = default;
};

// K6: the claim lacks nothing but a seat.
struct Count {
  int64_t place = 0;  // O8: the user's place among those waiting for the SKU; 1 is next.

  friend bool operator==(const Count&, const Count&) = default;
};

// An item of the same claim that failed, with its codes in display order.
struct FailedItem {
  SkuId sku;
  std::vector<ViolationCode> codes;

  friend bool operator==(const FailedItem&, const FailedItem&) = default;
};

// K7: nothing is wrong with this item but the company it keeps. Sorted by sku.
struct Other {
  std::vector<FailedItem> failed;

  friend bool operator==(const Other&, const Other&) = default;
};

// One violation with its details.
using Violation = std::variant<UsageLocationMissing, ProhibitedInUsageLocation, Uniqueness,
                               MutuallyExclusive, Dependency, Count, Other>;

inline ViolationCode CodeOf(const Violation& violation) {
  return static_cast<ViolationCode>(violation.index());
}

// What became of one item (one SKU) of one claim.
struct ClaimItem {
  UserId user;
  Principal source;
  SkuId sku;
  bool granted = false;
  std::vector<Violation> violations;  // In display order, each code once; empty iff granted.

  friend bool operator==(const ClaimItem&, const ClaimItem&) = default;
};

// O2.
enum class LicenseState : uint8_t { kActive, kActiveWithError, kDisabled, kError };

// The name in files and reports: "ActiveWithError".
absl::string_view LicenseStateName(LicenseState state);

// What a user has of a SKU that at least one claim asks for.
struct License {
  UserId user;
  SkuId sku;
  LicenseState state = LicenseState::kError;
  PlanIdSet enabled_plans;  // O3: empty if not held.

  // O1.
  bool held() const { return state != LicenseState::kError; }

  friend bool operator==(const License&, const License&) = default;
};

// The seats of one SKU. Counts of users or units; never negative.
struct SeatUsage {
  SkuId sku;
  int64_t usable = 0;    // S1.
  int64_t parked = 0;    // S2.
  int64_t capacity = 0;  // S3; kUnlimited for no limit.
  int64_t consumed = 0;  // O5: users that hold it.
  int64_t waiting = 0;   // O6: users that lack nothing but a seat.

  // S4: what is held is DISABLED.
  bool off() const { return usable == 0 && parked > 0; }
  // O5.
  int64_t available() const { return std::max<int64_t>(0, usable - consumed); }
  // O7: demand that no usable seat covers.
  int64_t overrun() const { return waiting + std::max<int64_t>(0, consumed - usable); }

  friend bool operator==(const SeatUsage&, const SeatUsage&) = default;
};

// How a licensed group fares (section 7, last line). Counts of users.
struct GroupStatus {
  GroupId group;
  int64_t members = 0;         // By M1 or M2.
  int64_t fully_licensed = 0;  // Members whose claims from this group are all granted.
  int64_t with_errors = 0;     // Members with a rejected claim of this group.

  friend bool operator==(const GroupStatus&, const GroupStatus&) = default;
};

// Everything that follows from a tenant's facts.
struct Derived {
  std::vector<License> licenses;    // By (user, sku).
  std::vector<ClaimItem> items;     // By (user, direct first, principal id, sku).
  std::vector<SeatUsage> seats;     // By sku; every SKU.
  std::vector<GroupStatus> groups;  // By group; licensed groups only.

  friend bool operator==(const Derived&, const Derived&) = default;
};

}  // namespace seatwise
