#include "engine/model/warning.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/model/fact_key.h"
#include "engine/model/quoted.h"

namespace seatwise {
namespace {

Warning Make(WarningReason reason, FactKey fact, absl::string_view field, std::string message) {
  return {.reason = reason,
          .fact = std::move(fact),
          .field = std::string(field),
          .message = std::move(message)};
}

// "'a', 'b' and 5 more".
template <typename AnyId>
std::string List(const std::vector<AnyId>& ids) {
  constexpr size_t kMostShown = 5;
  std::string text;
  for (size_t i = 0; i < ids.size() && i < kMostShown; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ", Quoted(ids[i].value()));
  }
  if (ids.size() > kMostShown) absl::StrAppend(&text, " and ", ids.size() - kMostShown, " more");
  return text;
}

}  // namespace

absl::string_view WarningName(WarningReason reason) {
  switch (reason) {
    case WarningReason::kSkuWithoutUserPlans:
      return "SKU_WITHOUT_USER_PLANS";
    case WarningReason::kSkuWithoutUnits:
      return "SKU_WITHOUT_UNITS";
    case WarningReason::kSkuConflictsWithItself:
      return "SKU_CONFLICTS_WITH_ITSELF";
    case WarningReason::kRequirementNeverMet:
      return "REQUIREMENT_NEVER_MET";
    case WarningReason::kRequirementCircle:
      return "REQUIREMENT_CIRCLE";
    case WarningReason::kRequirementDropped:
      return "REQUIREMENT_DROPPED";
    case WarningReason::kGroupCycle:
      return "GROUP_CYCLE";
    case WarningReason::kNestingIgnored:
      return "NESTING_IGNORED";
    case WarningReason::kGroupWithoutMembers:
      return "GROUP_WITHOUT_MEMBERS";
    case WarningReason::kDisabledPlanNotInSku:
      return "DISABLED_PLAN_NOT_IN_SKU";
  }
  return "";
}

Warning SkuWithoutUserPlans(const SkuId& sku) {
  return Make(WarningReason::kSkuWithoutUserPlans, sku, "",
              absl::StrCat(Describe(FactKey(sku)),
                           " is assigned but has no plan for users: it takes seats and gives "
                           "nothing (C1); add plans or remove its assignments"));
}

Warning SkuWithoutUnits(const SkuId& sku) {
  return Make(WarningReason::kSkuWithoutUnits, sku, "",
              absl::StrCat(Describe(FactKey(sku)),
                           " is assigned but no subscription gives it a seat (S3); add a "
                           "subscription or remove its assignments"));
}

Warning SkuConflictsWithItself(const SkuId& sku, const PlanConflict& conflict, size_t conflicts) {
  return Make(
      WarningReason::kSkuConflictsWithItself, sku, "",
      absl::StrCat("plans ", Quoted(conflict.a.value()), " and ", Quoted(conflict.b.value()),
                   " of ", Describe(FactKey(sku)), " conflict",
                   conflicts == 1 ? ""
                                  : absl::StrCat(", and ", conflicts - 1,
                                                 conflicts == 2 ? " more pair" : " more pairs"),
                   ": an assignment that disables neither is always rejected (K4); disable one in "
                   "each assignment or take it out of the SKU"));
}

Warning RequirementNeverMet(const PlanRequirement& requirement) {
  return Make(
      WarningReason::kRequirementNeverMet, requirement, "requires_any_of",
      absl::StrCat(Describe(FactKey(requirement)),
                   " names only plans for companies, which no user ever has (C1): the "
                   "plan is never granted; name a plan for users or delete the requirement"));
}

Warning RequirementCircle(const std::vector<PlanId>& plans) {
  return Make(WarningReason::kRequirementCircle, plans[0], "",
              absl::StrCat("plans ", List(plans),
                           " require each other and no other plan helps: claims of different SKUs "
                           "wait for each other and are all rejected (K5); put the plans into one "
                           "SKU or delete a requirement"));
}

Warning RequirementDropped(const PlanRequirement& requirement) {
  return Make(WarningReason::kRequirementDropped, requirement, "requires_any_of",
              absl::StrCat(Describe(FactKey(requirement)),
                           " is deleted, since no plan that it names is left: the plan is now "
                           "granted without it; put another requirement if that is not meant"));
}

Warning GroupCycle(const std::vector<GroupId>& groups) {
  const std::string start =
      groups.size() == 1 ? absl::StrCat("group ", Quoted(groups[0].value()), " contains itself")
                         : absl::StrCat("groups ", List(groups),
                                        " contain each other, so all have the same "
                                        "members");
  return Make(WarningReason::kGroupCycle, groups[0], "",
              absl::StrCat(start, " (M2); remove a membership of the circle if that is not meant"));
}

Warning NestingIgnored(const GroupId& outer, const GroupId& inner) {
  const FactKey key = MembershipKey{.group = outer, .member = inner};
  return Make(WarningReason::kNestingIgnored, key, "",
              absl::StrCat(Describe(key),
                           " has no effect although the outer group is licensed, since "
                           "nested_groups is off (M1); switch it on or remove the membership"));
}

Warning GroupWithoutMembers(const GroupId& group) {
  return Make(WarningReason::kGroupWithoutMembers, group, "",
              absl::StrCat(Describe(FactKey(group)),
                           " is licensed but has no members; add some or remove its assignments"));
}

Warning DisabledPlanNotInSku(const Assignment& assignment, const PlanId& plan) {
  const FactKey key = KeyOf(Fact(assignment));
  return Make(WarningReason::kDisabledPlanNotInSku, key, "disabled_plans",
              absl::StrCat(Describe(key), " disables plan ", Quoted(plan.value()),
                           ", which the SKU does not have: it is ignored (C1); take it out of "
                           "disabled_plans or name a plan of the SKU"));
}

}  // namespace seatwise
