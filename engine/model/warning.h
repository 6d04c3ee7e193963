// What is legal, but probably a mistake. The engines do not mind any of it; people will.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "engine/model/finding.h"
#include "engine/model/ids.h"

namespace seatwise {

// Each names the fact that a warning is about.
enum class WarningReason : uint8_t {
  kSkuWithoutUserPlans,     // SKU: assigned, but no user gets a plan by it (C1).
  kSkuWithoutUnits,         // SKU: assigned, but no subscription counts for it (S1, S2).
  kSkuConflictsWithItself,  // SKU: two of its USER plans conflict (K4).
  kRequirementNeverMet,     // Requirement: of a USER plan, for COMPANY plans only (K5).
  kRequirementCircle,       // Smallest plan of a circle (requirement_circles.h).
  kRequirementDropped,      // Requirement: its last plan was deleted by a cascade.
  kGroupCycle,              // Smallest of groups that contain each other, with nested_groups.
  kNestingIgnored,          // Group in a licensed group, without nested_groups (M1).
  kGroupWithoutMembers,     // Group: licensed, but no user is a member.
  kDisabledPlanNotInSku,    // Assignment: disables a plan that the SKU does not have (C1).
};
inline constexpr int kWarningReasons = 10;

// The name in output: "SKU_WITHOUT_USER_PLANS".
absl::string_view WarningName(WarningReason reason);

using Warning = Finding<WarningReason>;

// One maker for each reason; `change` is left empty.
Warning SkuWithoutUserPlans(const SkuId& sku);
Warning SkuWithoutUnits(const SkuId& sku);
// `conflict` is the first of `conflicts` within the SKU; at least 1.
Warning SkuConflictsWithItself(const SkuId& sku, const PlanConflict& conflict, size_t conflicts);
Warning RequirementNeverMet(const PlanRequirement& requirement);
// `plans` is sorted; at least 2.
Warning RequirementCircle(const std::vector<PlanId>& plans);
Warning RequirementDropped(const PlanRequirement& requirement);
// `groups` is sorted and not empty.
Warning GroupCycle(const std::vector<GroupId>& groups);
Warning NestingIgnored(const GroupId& outer, const GroupId& inner);
Warning GroupWithoutMembers(const GroupId& group);
Warning DisabledPlanNotInSku(const Assignment& assignment, const PlanId& plan);

}  // namespace seatwise
