// What heals a rejected claim, as values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/ids.h"

namespace seatwise {

// What one change of a fix does.
enum class FixKind : uint8_t {
  kSetUsageLocation,   // Gives the user a location; which one is for people to decide.
  kDisablePlans,       // Leaves plans out of an assignment.
  kEnablePlans,        // Leaves plans of an assignment no longer out.
  kDropAssignment,     // Takes an assignment back.
  kAssign,             // Assigns a SKU to the user directly.
  kBuySeats,           // Adds units to a subscription, or a subscription.
  kRenewSubscription,  // Makes a parked subscription count again.
  kDropAddress,        // Takes an address from the user that belongs to somebody else.
  kLeaveGroup,         // Takes the user out of a group.
  kTakeOver,           // Makes a subscription the tenant's that users bought for themselves (S1).
  kLowerPriority,      // Has the claims of an assignment served later (C5).
};

struct FixStep {
  FixKind kind = FixKind::kDropAssignment;
  Change change;              // Never a cascade.
  std::vector<PlanId> plans;  // Of kDisablePlans and kEnablePlans; ascending.
  int64_t units = 0;          // Of kBuySeats: how many are added.

  friend bool operator==(const FixStep&, const FixStep&) = default;
};

// What a fix does to what users have, in SKUs held (O1) and plans.
struct FixEffect {
  // Of the user whose claim it is; ascending.
  std::vector<SkuId> gained_skus;
  std::vector<SkuId> lost_skus;
  std::vector<PlanId> lost_plans;  // Effective before, and not after (O4).
  // Of all others.
  int64_t others_gaining = 0;  // Users that come to hold a SKU, or with one more plan of a SKU.
  int64_t others_losing = 0;   // The reverse: a user may be both.
  std::vector<UserId> losing;  // Some of these, by id; at most kMostLosingNamed.

  friend bool operator==(const FixEffect&, const FixEffect&) = default;
};
inline constexpr size_t kMostLosingNamed = 5;

// Changes that were tried out, to be made together.
struct Fix {
  std::vector<FixStep> steps;  // At least one, each about another fact.
  bool granted = false;        // The claim is granted afterwards; otherwise there is none any more.
  FixEffect effect;

  friend bool operator==(const Fix&, const Fix&) = default;
};

}  // namespace seatwise
