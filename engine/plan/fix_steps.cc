#include "engine/plan/fix_steps.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/btree_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/limits.h"
#include "engine/model/reference.h"

namespace seatwise {
namespace {

FixStep PutStep(FixKind kind, Fact fact) {
  return {.kind = kind, .change = Put{std::move(fact)}, .plans = {}, .units = 0};
}

FixStep DeleteStep(FixKind kind, FactKey key) {
  return {.kind = kind,
          .change = Delete{.key = std::move(key), .cascade = false},
          .plans = {},
          .units = 0};
}

// The step that moves `plans` into the assignment's disabled plans or out of them.
MaybeStep MovePlans(const Draft& draft, const AssignmentKey& key, const PlanIdSet& plans,
                    FixKind kind) {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<Assignment> assignment, draft.Get<Assignment>(key));
  if (!assignment.has_value()) return std::nullopt;
  std::vector<PlanId> moved;
  for (const PlanId& plan : plans) {
    const bool changed = kind == FixKind::kDisablePlans
                             ? assignment->disabled_plans.insert(plan).second
                             : assignment->disabled_plans.erase(plan) > 0;
    if (changed) moved.push_back(plan);
  }
  if (moved.empty()) return std::nullopt;
  FixStep step = PutStep(kind, *std::move(assignment));
  step.plans = std::move(moved);
  return step;
}

// The subscriptions of a SKU that are self-service, or those that are not, by id.
absl::StatusOr<std::vector<Subscription>> SubscriptionsOf(const Draft& draft, const SkuId& sku,
                                                          bool self_service = false) {
  absl::btree_set<FactKey> keys;
  SEATWISE_RETURN_IF_ERROR(
      draft.stored().ForEachDependent(sku, Link::kSubscriptionSku, [&](const FactKey& key) {
        keys.insert(key);
        return true;
      }));
  std::vector<Subscription> subscriptions;
  for (const FactKey& key : keys) {
    SEATWISE_ASSIGN_OR_RETURN(std::optional<Subscription> found, draft.Get<Subscription>(key));
    if (found.has_value() && found->sku == sku && found->self_service == self_service) {
      subscriptions.push_back(*std::move(found));
    }
  }
  return subscriptions;
}

// An id that no subscription has: "more-seats", "more-seats-2", ...
absl::StatusOr<SubscriptionId> NewSubscriptionId(const Draft& draft) {
  SubscriptionId id("more-seats");
  for (int number = 2;; ++number) {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> taken, draft.Find(id));
    if (!taken.has_value()) return id;
    id = SubscriptionId(absl::StrCat("more-seats-", number));
  }
}

}  // namespace

MaybeStep SetLocation(const Draft& draft, const UserId& user, Location location) {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<User> found, draft.Get<User>(user));
  if (!found.has_value() || !found->usage_location.empty()) return std::nullopt;
  found->usage_location = location;
  return PutStep(FixKind::kSetUsageLocation, *std::move(found));
}

MaybeStep DisablePlans(const Draft& draft, const AssignmentKey& assignment,
                       const PlanIdSet& plans) {
  return MovePlans(draft, assignment, plans, FixKind::kDisablePlans);
}

MaybeStep EnablePlans(const Draft& draft, const AssignmentKey& assignment, const PlanIdSet& plans) {
  return MovePlans(draft, assignment, plans, FixKind::kEnablePlans);
}

MaybeStep DropAssignment(const Draft& draft, const AssignmentKey& assignment) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> found, draft.Find(assignment));
  if (!found.has_value()) return std::nullopt;
  return DeleteStep(FixKind::kDropAssignment, assignment);
}

MaybeStep AssignSku(const Draft& draft, const UserId& user, const SkuId& sku, Time now) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> found, draft.Find(AssignmentKey{user, sku}));
  if (found.has_value()) return std::nullopt;
  return PutStep(
      FixKind::kAssign,
      Assignment{
          .principal = user, .sku = sku, .disabled_plans = {}, .priority = 0, .assigned_at = now});
}

MaybeStep BuySeats(const Draft& draft, const SkuId& sku, int64_t units) {
  SEATWISE_ASSIGN_OR_RETURN(std::vector<Subscription> all, SubscriptionsOf(draft, sku));
  const auto counts = std::find_if(all.begin(), all.end(), [&](const Subscription& candidate) {
    const bool enabled_exists = std::any_of(all.begin(), all.end(), [](const Subscription& other) {
      return other.status == SubscriptionStatus::kEnabled;
    });
    return candidate.status ==
           (enabled_exists ? SubscriptionStatus::kEnabled : SubscriptionStatus::kWarning);
  });
  Subscription bought;
  if (counts != all.end()) {
    bought = *counts;
  } else {
    SEATWISE_ASSIGN_OR_RETURN(bought.id, NewSubscriptionId(draft));
    bought.sku = sku;
  }
  if (units > kMaxUnits - bought.units) return std::nullopt;
  bought.units += units;
  FixStep step = PutStep(FixKind::kBuySeats, std::move(bought));
  step.units = units;
  return step;
}

absl::StatusOr<std::vector<FixStep>> Renewals(const Draft& draft, const SkuId& sku) {
  SEATWISE_ASSIGN_OR_RETURN(std::vector<Subscription> all, SubscriptionsOf(draft, sku));
  std::vector<FixStep> steps;
  for (Subscription& subscription : all) {
    using enum SubscriptionStatus;
    if (subscription.status != kSuspended && subscription.status != kLockedOut) continue;
    subscription.status = kEnabled;
    steps.push_back(PutStep(FixKind::kRenewSubscription, std::move(subscription)));
  }
  return steps;
}

absl::StatusOr<std::vector<FixStep>> TakeOvers(const Draft& draft, const SkuId& sku) {
  SEATWISE_ASSIGN_OR_RETURN(std::vector<Subscription> all, SubscriptionsOf(draft, sku, true));
  std::vector<FixStep> steps;
  for (Subscription& subscription : all) {
    using enum SubscriptionStatus;
    if (subscription.status != kEnabled && subscription.status != kWarning) continue;
    subscription.self_service = false;
    steps.push_back(PutStep(FixKind::kTakeOver, std::move(subscription)));
  }
  return steps;
}

MaybeStep LowerPriority(const Draft& draft, const AssignmentKey& key, int32_t priority) {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<Assignment> assignment, draft.Get<Assignment>(key));
  if (!assignment.has_value() || assignment->priority <= priority) return std::nullopt;
  assignment->priority = priority;
  return PutStep(FixKind::kLowerPriority, *std::move(assignment));
}

MaybeStep DropAddresses(const Draft& draft, const UserId& user,
                        absl::Span<const AddressClash> clashes) {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<User> found, draft.Get<User>(user));
  if (!found.has_value()) return std::nullopt;
  const size_t dropped = absl::erase_if(found->proxy_addresses, [&](const std::string& address) {
    return std::any_of(clashes.begin(), clashes.end(), [&](const AddressClash& clash) {
      return clash.address == absl::AsciiStrToLower(address);
    });
  });
  if (dropped == 0) return std::nullopt;
  return PutStep(FixKind::kDropAddress, *std::move(found));
}

MaybeStep LeaveGroup(const Draft& draft, const GroupId& group, const UserId& user) {
  const MembershipKey key{group, user};
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> found, draft.Find(key));
  if (!found.has_value()) return std::nullopt;
  return DeleteStep(FixKind::kLeaveGroup, key);
}

}  // namespace seatwise
