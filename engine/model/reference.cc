#include "engine/model/reference.h"

namespace seatwise {
namespace {

using Visit = absl::FunctionRef<void(Link, const FactKey&)>;

struct Referrer {
  Visit visit;

  void operator()(const Sku& fact) const { Each(Link::kSkuPlan, fact.plans); }
  void operator()(const PlanConflict& fact) const {
    visit(Link::kConflictPlan, fact.a);
    if (fact.b != fact.a) visit(Link::kConflictPlan, fact.b);
  }
  void operator()(const PlanRequirement& fact) const {
    visit(Link::kRequirementPlan, fact.plan);
    Each(Link::kRequirementAnyOf, fact.any_of);
  }
  void operator()(const PlanProhibition& fact) const { visit(Link::kProhibitionPlan, fact.plan); }
  void operator()(const Subscription& fact) const { visit(Link::kSubscriptionSku, fact.sku); }
  void operator()(const Membership& fact) const {
    visit(Link::kMembershipGroup, fact.group);
    visit(Link::kMembershipMember, KeyOf(fact.member));
  }
  void operator()(const Assignment& fact) const {
    visit(Link::kAssignmentPrincipal, KeyOf(fact.principal));
    visit(Link::kAssignmentSku, fact.sku);
    Each(Link::kAssignmentDisabledPlan, fact.disabled_plans);
  }
  void operator()(const TenantSettings&) const {}
  void operator()(const ServicePlan&) const {}
  void operator()(const User&) const {}
  void operator()(const Group&) const {}
  void operator()(const Observed&) const {}

  void Each(Link link, const PlanIdSet& plans) const {
    for (const PlanId& plan : plans) visit(link, plan);
  }
};

struct LinkFacts {
  FactKind naming;
  absl::string_view field;
};

constexpr LinkFacts kLinkFacts[kLinks] = {
    {FactKind::kSku, "plan_id"},
    {FactKind::kPlanConflict, "plan_id"},
    {FactKind::kPlanRequirement, "plan_id"},
    {FactKind::kPlanRequirement, "requires_any_of"},
    {FactKind::kPlanProhibition, "plan_id"},
    {FactKind::kSubscription, "sku_id"},
    {FactKind::kMembership, "group_id"},
    {FactKind::kMembership, "member_id"},
    {FactKind::kAssignment, "principal_id"},
    {FactKind::kAssignment, "sku_id"},
    {FactKind::kAssignment, "disabled_plans"},
};

}  // namespace

FactKind NamingKind(Link link) { return kLinkFacts[static_cast<size_t>(link)].naming; }
absl::string_view FieldOf(Link link) { return kLinkFacts[static_cast<size_t>(link)].field; }

void ForEachReference(const Fact& fact, Visit visit) { std::visit(Referrer{visit}, fact); }

}  // namespace seatwise
