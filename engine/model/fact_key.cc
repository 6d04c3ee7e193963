#include "engine/model/fact_key.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/model/quoted.h"

namespace seatwise {
namespace {

struct KeyMaker {
  FactKey operator()(const TenantSettings&) const { return TenantSettingsKey(); }
  FactKey operator()(const PlanConflict& fact) const { return Normalised(FactKey(fact)); }
  FactKey operator()(const PlanRequirement& fact) const { return fact; }
  FactKey operator()(const PlanProhibition& fact) const { return fact; }
  FactKey operator()(const Membership& fact) const {
    return MembershipKey{.group = fact.group, .member = fact.member};
  }
  FactKey operator()(const Assignment& fact) const {
    return AssignmentKey{.principal = fact.principal, .sku = fact.sku};
  }
  FactKey operator()(const Observed& fact) const {
    return ObservedKey{.user = fact.user, .sku = fact.sku};
  }
  // Those that have an id of their own.
  template <typename Row>
  FactKey operator()(const Row& fact) const {
    return fact.id;
  }
};

// "'a', 'b', 'c' and 7 more".
std::string DescribeSet(const PlanIdSet& plans) {
  constexpr size_t kMostShown = 5;
  std::vector<std::string> shown;
  for (const PlanId& plan : plans) {
    if (shown.size() == kMostShown) break;
    shown.push_back(Quoted(plan.value()));
  }
  const size_t more = plans.size() - shown.size();
  return absl::StrCat(absl::StrJoin(shown, ", "),
                      more == 0 ? "" : absl::StrCat(" and ", more, " more"));
}

struct Describer {
  std::string operator()(const TenantSettingsKey&) const { return "the tenant's settings"; }
  std::string operator()(const PlanId& id) const { return absl::StrCat("plan ", Text(id)); }
  std::string operator()(const SkuId& id) const { return absl::StrCat("SKU ", Text(id)); }
  std::string operator()(const PlanConflict& key) const {
    return absl::StrCat("conflict of plans ", Text(key.a), " and ", Text(key.b));
  }
  std::string operator()(const PlanRequirement& key) const {
    return absl::StrCat("requirement of plan ", Text(key.plan), " for any of ",
                        DescribeSet(key.any_of));
  }
  std::string operator()(const PlanProhibition& key) const {
    return absl::StrCat("prohibition of plan ", Text(key.plan), " in '", key.location.ToString(),
                        "'");
  }
  std::string operator()(const SubscriptionId& id) const {
    return absl::StrCat("subscription ", Text(id));
  }
  std::string operator()(const UserId& id) const { return absl::StrCat("user ", Text(id)); }
  std::string operator()(const GroupId& id) const { return absl::StrCat("group ", Text(id)); }
  std::string operator()(const MembershipKey& key) const {
    return absl::StrCat("membership of ", Describe(key.member), " in group ", Text(key.group));
  }
  std::string operator()(const AssignmentKey& key) const {
    return absl::StrCat("assignment of SKU ", Text(key.sku), " to ", Describe(key.principal));
  }
  std::string operator()(const ObservedKey& key) const {
    return absl::StrCat("observed SKU ", Text(key.sku), " of user ", Text(key.user));
  }

  template <typename AnyId>
  static std::string Text(const AnyId& id) {
    return Quoted(id.value());
  }
};

template <typename Value>
Value WithPlansInOrder(Value value) {
  if (auto* conflict = std::get_if<PlanConflict>(&value); conflict && conflict->b < conflict->a) {
    std::swap(conflict->a, conflict->b);
  }
  return value;
}

constexpr absl::string_view kKindNames[kFactKinds][2] = {
    {"settings", "settings"},
    {"plan", "plans"},
    {"SKU", "SKUs"},
    {"plan conflict", "plan conflicts"},
    {"plan requirement", "plan requirements"},
    {"plan prohibition", "plan prohibitions"},
    {"subscription", "subscriptions"},
    {"user", "users"},
    {"group", "groups"},
    {"membership", "memberships"},
    {"assignment", "assignments"},
    {"observed license", "observed licenses"},
};

}  // namespace

FactKey KeyOf(const Fact& fact) { return std::visit(KeyMaker(), fact); }

FactKey Normalised(FactKey key) { return WithPlansInOrder(std::move(key)); }
Fact Normalised(Fact fact) { return WithPlansInOrder(std::move(fact)); }

absl::string_view KindName(FactKind kind) { return kKindNames[static_cast<size_t>(kind)][0]; }
absl::string_view KindNames(FactKind kind) { return kKindNames[static_cast<size_t>(kind)][1]; }

std::string Describe(const FactKey& key) { return std::visit(Describer(), key); }
std::string Describe(const Principal& principal) { return std::visit(Describer(), principal); }

std::ostream& operator<<(std::ostream& out, const FactKey& key) { return out << Describe(key); }

}  // namespace seatwise
