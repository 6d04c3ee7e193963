#include "engine/model/lint_changes.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "base/status_macros.h"
#include "engine/model/bounded_reader.h"
#include "engine/model/circles_around.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/limits.h"
#include "engine/model/overlay_facts.h"
#include "engine/model/reference.h"
#include "engine/model/touched_facts.h"

namespace seatwise {
namespace {

class ChangeLinter {
 public:
  ChangeLinter(const TouchedFacts& touched, BoundedReader& reader)
      : touched_(touched), reader_(reader) {}

  absl::StatusOr<std::vector<Warning>> Run() &&;

 private:
  absl::Status LintTouched(const FactKey& key, size_t change);
  absl::Status LintSku(const SkuId& id, size_t change);
  absl::Status LintAssignedSku(const Sku& sku, size_t change);
  absl::Status LintConflicts(const Sku& sku, size_t change);
  absl::Status LintRequirement(const PlanRequirement& requirement, size_t change);
  absl::Status LintGroup(const GroupId& group, size_t change);
  absl::Status LintNesting(const MembershipKey& key, size_t change);
  absl::Status LintDisabledPlans(const AssignmentKey& key, size_t change);
  absl::Status LintCircles();
  absl::Status LintCycles();

  absl::StatusOr<bool> IsForUsers(const PlanId& id);
  absl::StatusOr<bool> AnyForUsers(const PlanIdSet& plans);
  absl::StatusOr<bool> GivesSeats(const SkuId& sku);
  absl::StatusOr<bool> HasMember(const GroupId& group);
  void Warn(Warning warning, size_t change);

  const TouchedFacts& touched_;
  BoundedReader& reader_;
  bool nested_groups_ = false;
  absl::btree_map<PlanId, bool> for_users_;  // Answers of IsForUsers.
  std::vector<Warning> warnings_;
};

absl::StatusOr<std::vector<Warning>> ChangeLinter::Run() && {
  SEATWISE_ASSIGN_OR_RETURN(const auto settings, reader_.Find<TenantSettings>(TenantSettingsKey()));
  nested_groups_ = settings && settings->nested_groups;
  for (const auto& [key, change] : touched_) {
    SEATWISE_RETURN_IF_ERROR(LintTouched(key, change));
  }
  SEATWISE_RETURN_IF_ERROR(LintCircles());
  if (nested_groups_) SEATWISE_RETURN_IF_ERROR(LintCycles());
  std::sort(warnings_.begin(), warnings_.end(), StandsBefore);
  return std::move(warnings_);
}

// Says nothing once facts could not be read: what looks like a lack may only not have been seen.
void ChangeLinter::Warn(Warning warning, size_t change) {
  if (reader_.exhausted()) return;
  warning.change = change;
  warnings_.push_back(std::move(warning));
}

absl::Status ChangeLinter::LintTouched(const FactKey& key, size_t change) {
  switch (KindOf(key)) {
    case FactKind::kSku:
      return LintSku(std::get<SkuId>(key), change);
    case FactKind::kPlanRequirement:
      return LintRequirement(std::get<PlanRequirement>(key), change);
    case FactKind::kGroup:
      return LintGroup(std::get<GroupId>(key), change);
    case FactKind::kMembership:
      return LintNesting(std::get<MembershipKey>(key), change);
    case FactKind::kAssignment:
      return LintDisabledPlans(std::get<AssignmentKey>(key), change);
    default:
      return absl::OkStatus();
  }
}

absl::Status ChangeLinter::LintSku(const SkuId& id, size_t change) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Sku> sku, reader_.Find<Sku>(id));
  if (!sku) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const bool assigned, reader_.Any(id, Link::kAssignmentSku));
  if (assigned) SEATWISE_RETURN_IF_ERROR(LintAssignedSku(*sku, change));
  return LintConflicts(*sku, change);
}

absl::Status ChangeLinter::LintAssignedSku(const Sku& sku, size_t change) {
  SEATWISE_ASSIGN_OR_RETURN(const bool has_user_plans, AnyForUsers(sku.plans));
  if (!has_user_plans) Warn(SkuWithoutUserPlans(sku.id), change);
  SEATWISE_ASSIGN_OR_RETURN(const bool gives_seats, GivesSeats(sku.id));
  if (!gives_seats) Warn(SkuWithoutUnits(sku.id), change);
  return absl::OkStatus();
}

absl::Status ChangeLinter::LintConflicts(const Sku& sku, size_t change) {
  absl::btree_set<FactKey> within;
  for (const PlanId& plan : sku.plans) {
    SEATWISE_ASSIGN_OR_RETURN(const auto conflicts, reader_.All(plan, Link::kConflictPlan));
    for (const FactKey& key : conflicts) {
      const PlanConflict& conflict = std::get<PlanConflict>(key);
      if (plan != conflict.a || !sku.plans.contains(conflict.b)) continue;
      SEATWISE_ASSIGN_OR_RETURN(const bool a_counts, IsForUsers(conflict.a));
      SEATWISE_ASSIGN_OR_RETURN(const bool b_counts, IsForUsers(conflict.b));
      if (a_counts && b_counts) within.insert(key);
    }
  }
  if (within.empty()) return absl::OkStatus();
  const PlanConflict& first = std::get<PlanConflict>(*within.begin());
  Warn(SkuConflictsWithItself(sku.id, first, within.size()), change);
  return absl::OkStatus();
}

absl::Status ChangeLinter::LintRequirement(const PlanRequirement& requirement, size_t change) {
  SEATWISE_ASSIGN_OR_RETURN(const bool counts, IsForUsers(requirement.plan));
  SEATWISE_ASSIGN_OR_RETURN(const bool can_be_met, AnyForUsers(requirement.any_of));
  if (counts && !can_be_met) Warn(RequirementNeverMet(requirement), change);
  return absl::OkStatus();
}

absl::Status ChangeLinter::LintGroup(const GroupId& group, size_t change) {
  SEATWISE_ASSIGN_OR_RETURN(const bool licensed, reader_.Any(group, Link::kAssignmentPrincipal));
  if (!licensed) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const bool has_member, HasMember(group));
  if (!has_member) Warn(GroupWithoutMembers(group), change);
  return absl::OkStatus();
}

absl::Status ChangeLinter::LintNesting(const MembershipKey& key, size_t change) {
  if (nested_groups_) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const bool licensed,
                            reader_.Any(key.group, Link::kAssignmentPrincipal));
  if (licensed) Warn(NestingIgnored(key.group, std::get<GroupId>(key.member)), change);
  return absl::OkStatus();
}

absl::Status ChangeLinter::LintDisabledPlans(const AssignmentKey& key, size_t change) {
  SEATWISE_ASSIGN_OR_RETURN(const auto assignment, reader_.Find<Assignment>(key));
  if (!assignment || assignment->disabled_plans.empty()) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const auto sku, reader_.Find<Sku>(key.sku));
  if (!sku) return absl::OkStatus();
  for (const PlanId& plan : assignment->disabled_plans) {
    if (sku->plans.contains(plan)) continue;
    Warn(DisabledPlanNotInSku(*assignment, plan), change);
    break;
  }
  return absl::OkStatus();
}

absl::Status ChangeLinter::LintCircles() {
  absl::btree_set<PlanId> plans;
  for (const auto& [key, change] : touched_) {
    if (const auto* requirement = std::get_if<PlanRequirement>(&key)) {
      plans.insert(requirement->plan);
    }
  }
  if (plans.empty()) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const auto circles, RequirementCirclesAround(plans, reader_));
  for (const std::vector<PlanId>& circle : circles) {
    const auto has = [&](const PlanId& plan) {
      return std::binary_search(circle.begin(), circle.end(), plan);
    };
    std::optional<size_t> first;
    for (const auto& [key, change] : touched_) {
      const auto* requirement = std::get_if<PlanRequirement>(&key);
      if (requirement == nullptr || !has(requirement->plan)) continue;
      const PlanIdSet& any_of = requirement->any_of;
      if (std::any_of(any_of.begin(), any_of.end(), has)) {
        first = std::min(first.value_or(change), change);
      }
    }
    if (first) Warn(RequirementCircle(circle), *first);
  }
  return absl::OkStatus();
}

absl::Status ChangeLinter::LintCycles() {
  absl::btree_set<GroupId> outer;
  for (const auto& [key, change] : touched_) {
    if (const auto* membership = std::get_if<MembershipKey>(&key)) outer.insert(membership->group);
  }
  SEATWISE_ASSIGN_OR_RETURN(const auto cycles, GroupCyclesAround(outer, reader_));
  for (const std::vector<GroupId>& cycle : cycles) {
    const auto has = [&](const GroupId& group) {
      return std::binary_search(cycle.begin(), cycle.end(), group);
    };
    std::optional<size_t> first;
    for (const auto& [key, change] : touched_) {
      const auto* membership = std::get_if<MembershipKey>(&key);
      if (membership == nullptr || !has(membership->group)) continue;
      if (has(std::get<GroupId>(membership->member))) {
        first = std::min(first.value_or(change), change);
      }
    }
    if (first) Warn(GroupCycle(cycle), *first);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> ChangeLinter::IsForUsers(const PlanId& id) {
  const auto known = for_users_.find(id);
  if (known != for_users_.end()) return known->second;
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<ServicePlan> plan, reader_.Find<ServicePlan>(id));
  return for_users_[id] = plan && plan->applies_to == AppliesTo::kUser;
}

absl::StatusOr<bool> ChangeLinter::AnyForUsers(const PlanIdSet& plans) {
  for (const PlanId& plan : plans) {
    SEATWISE_ASSIGN_OR_RETURN(const bool for_users, IsForUsers(plan));
    if (for_users) return true;
  }
  return false;
}

// Whether the capacity is not 0 (S1 to S3).
absl::StatusOr<bool> ChangeLinter::GivesSeats(const SkuId& sku) {
  SEATWISE_ASSIGN_OR_RETURN(const auto subscriptions, reader_.All(sku, Link::kSubscriptionSku));
  for (const FactKey& key : subscriptions) {
    SEATWISE_ASSIGN_OR_RETURN(const auto subscription, reader_.Find<Subscription>(key));
    if (!subscription || subscription->self_service) continue;
    if (subscription->status != SubscriptionStatus::kDeleted && subscription->units > 0)
      return true;
  }
  return false;
}

// By M1 or M2.
absl::StatusOr<bool> ChangeLinter::HasMember(const GroupId& group) {
  bool found = false;
  absl::btree_set<GroupId> seen = {group};
  std::vector<GroupId> pending = {group};
  while (!pending.empty() && !found) {
    const GroupId outer = std::move(pending.back());
    pending.pop_back();
    const auto visit = [&](const FactKey& key) {
      const Principal& member = std::get<MembershipKey>(key).member;
      found = IsDirect(member);
      const GroupId* inner = std::get_if<GroupId>(&member);
      if (nested_groups_ && inner != nullptr && seen.insert(*inner).second) {
        pending.push_back(*inner);
      }
      return !found;
    };
    SEATWISE_RETURN_IF_ERROR(reader_.ForEach(outer, Link::kMembershipGroup, visit));
  }
  return found;
}

}  // namespace

bool StandsBefore(const Warning& a, const Warning& b) {
  return std::tie(a.change, a.reason, a.fact) < std::tie(b.change, b.reason, b.fact);
}

absl::StatusOr<ChangeLint> LintChanges(const ValidatedChangeSet& changes, const FactsView& stored,
                                       absl::FunctionRef<size_t(const FactKey&)> change_of) {
  const size_t size = changes.puts().size() + changes.deletes().size();
  if (size > kMaxLintedChanges) return ChangeLint{.complete = false};
  const OverlayFacts after(stored, changes);
  BoundedReader reader(after, kMaxLintSteps + 4 * size);
  SEATWISE_ASSIGN_OR_RETURN(const TouchedFacts touched,
                            FindTouchedFacts(changes, stored, reader, change_of));
  SEATWISE_ASSIGN_OR_RETURN(std::vector<Warning> warnings, ChangeLinter(touched, reader).Run());
  return ChangeLint{.warnings = std::move(warnings), .complete = !reader.exhausted()};
}

}  // namespace seatwise
