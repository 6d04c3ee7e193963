#include "engine/model/deletion.h"

#include <iterator>
#include <variant>

namespace seatwise {
namespace {

constexpr DeletionRule kOfUser[] = {
    {Link::kMembershipMember, DependentFate::kGoesAlong},
    {Link::kAssignmentPrincipal, DependentFate::kGoesAlong},
};

constexpr DeletionRule kOfGroup[] = {
    {Link::kMembershipGroup, DependentFate::kGoesAlong},
    {Link::kMembershipMember, DependentFate::kGoesAlong},
    {Link::kAssignmentPrincipal, DependentFate::kCascade},
};

constexpr DeletionRule kOfSku[] = {
    {Link::kSubscriptionSku, DependentFate::kCascade},
    {Link::kAssignmentSku, DependentFate::kCascade},
};

constexpr DeletionRule kOfPlan[] = {
    {Link::kSkuPlan, DependentFate::kShrinks},
    {Link::kConflictPlan, DependentFate::kCascade},
    {Link::kRequirementPlan, DependentFate::kCascade},
    {Link::kRequirementAnyOf, DependentFate::kShrinks},
    {Link::kProhibitionPlan, DependentFate::kCascade},
    {Link::kAssignmentDisabledPlan, DependentFate::kShrinks},
};

void Remove(PlanIdSet& plans, const absl::btree_set<PlanId>& deleted) {
  for (auto it = plans.begin(); it != plans.end();) {
    it = deleted.contains(*it) ? plans.erase(it) : std::next(it);
  }
}

}  // namespace

absl::Span<const DeletionRule> DeletionRulesOf(FactKind deleted) {
  switch (deleted) {
    case FactKind::kUser:
      return kOfUser;
    case FactKind::kGroup:
      return kOfGroup;
    case FactKind::kSku:
      return kOfSku;
    case FactKind::kServicePlan:
      return kOfPlan;
    default:
      return {};
  }
}

Fact WithoutPlans(Fact fact, const absl::btree_set<PlanId>& deleted) {
  if (auto* sku = std::get_if<Sku>(&fact)) Remove(sku->plans, deleted);
  if (auto* requirement = std::get_if<PlanRequirement>(&fact)) Remove(requirement->any_of, deleted);
  if (auto* assignment = std::get_if<Assignment>(&fact))
    Remove(assignment->disabled_plans, deleted);
  return fact;
}

}  // namespace seatwise
