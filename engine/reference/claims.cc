#include "engine/reference/claims.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

namespace seatwise::reference {
namespace {

// The members of a group that may have none.
const Members& MembersOf(const MembersOfGroups& members, const GroupId& group) {
  static const Members kNone;
  const auto it = members.find(group);
  return it == members.end() ? kNone : it->second;
}

// Makes claims of one tenant.
class ClaimMaker {
 public:
  ClaimMaker(const Facts& facts, const MembersOfGroups& members);

  std::vector<Claim> DirectClaims() const;       // C2.
  std::vector<Claim> IndependentClaims() const;  // C3.
  std::vector<Claim> AtomicClaims() const;       // C4.

 private:
  Item ToItem(const Assignment& assignment) const;  // C1.
  std::vector<Item> ToItems(const std::vector<const Assignment*>& assignments) const;

  const MembersOfGroups& members_;
  std::map<SkuId, PlanIdSet> user_plans_;  // C1: for every SKU its USER plans.
  std::vector<const Assignment*> direct_;
  std::map<GroupId, std::vector<const Assignment*>> of_groups_;  // Licensed groups.
};

ClaimMaker::ClaimMaker(const Facts& facts, const MembersOfGroups& members) : members_(members) {
  std::set<PlanId> for_users;
  for (const ServicePlan& plan : facts.plans) {
    if (plan.applies_to == AppliesTo::kUser) for_users.insert(plan.id);
  }
  for (const Sku& sku : facts.skus) {
    PlanIdSet& plans = user_plans_[sku.id];
    for (const PlanId& plan : sku.plans) {
      if (for_users.contains(plan)) plans.insert(plan);
    }
  }
  for (const Assignment& assignment : facts.assignments) {
    if (const auto* group = std::get_if<GroupId>(&assignment.principal)) {
      of_groups_[*group].push_back(&assignment);
    } else {
      direct_.push_back(&assignment);
    }
  }
}

Item ClaimMaker::ToItem(const Assignment& assignment) const {
  Item item{assignment.sku, user_plans_.at(assignment.sku)};
  for (const PlanId& plan : assignment.disabled_plans) item.plans.erase(plan);
  return item;
}

std::vector<Item> ClaimMaker::ToItems(const std::vector<const Assignment*>& assignments) const {
  std::vector<Item> items;
  for (const Assignment* assignment : assignments) items.push_back(ToItem(*assignment));
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.sku < b.sku; });
  return items;
}

std::vector<Claim> ClaimMaker::DirectClaims() const {
  std::vector<Claim> claims;
  for (const Assignment* a : direct_) {
    claims.push_back({.user = std::get<UserId>(a->principal),
                      .source = a->principal,
                      .priority = a->priority,
                      .since = a->assigned_at,
                      .joined = a->assigned_at,
                      .items = {ToItem(*a)}});
  }
  return claims;
}

std::vector<Claim> ClaimMaker::IndependentClaims() const {
  std::vector<Claim> claims;
  for (const auto& [group, assignments] : of_groups_) {
    for (const Assignment* a : assignments) {
      for (const auto& [user, joined] : MembersOf(members_, group)) {
        claims.push_back({.user = user,
                          .source = group,
                          .priority = a->priority,
                          .since = std::max(joined, a->assigned_at),
                          .joined = joined,
                          .items = {ToItem(*a)}});
      }
    }
  }
  return claims;
}

std::vector<Claim> ClaimMaker::AtomicClaims() const {
  std::vector<Claim> claims;
  for (const auto& [group, assignments] : of_groups_) {
    int32_t highest = assignments.front()->priority;
    Time earliest = assignments.front()->assigned_at;
    for (const Assignment* a : assignments) {
      highest = std::max(highest, a->priority);
      earliest = std::min(earliest, a->assigned_at);
    }
    for (const auto& [user, joined] : MembersOf(members_, group)) {
      claims.push_back({.user = user,
                        .source = group,
                        .priority = highest,
                        .since = std::max(joined, earliest),
                        .joined = joined,
                        .items = ToItems(assignments)});
    }
  }
  return claims;
}

const SkuId& SmallestSku(const Claim& claim) { return claim.items.front().sku; }

// C5.
bool StandsBefore(const Claim& a, const Claim& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.since != b.since) return a.since < b.since;
  if (a.joined != b.joined) return a.joined < b.joined;
  if (a.user != b.user) return a.user < b.user;
  if (IsDirect(a.source) != IsDirect(b.source)) return IsDirect(a.source);
  if (a.source != b.source) return PrincipalIdValue(a.source) < PrincipalIdValue(b.source);
  return SmallestSku(a) < SmallestSku(b);
}

}  // namespace

std::vector<Claim> ClaimQueue(const Facts& facts, const MembersOfGroups& members) {
  const ClaimMaker maker(facts, members);
  std::vector<Claim> claims = maker.DirectClaims();
  const bool atomic = facts.settings.assignment_mode == AssignmentMode::kGroupAtomic;
  for (Claim& claim : atomic ? maker.AtomicClaims() : maker.IndependentClaims()) {
    claims.push_back(std::move(claim));
  }
  std::sort(claims.begin(), claims.end(), StandsBefore);
  return claims;
}

}  // namespace seatwise::reference
