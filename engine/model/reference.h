// Which facts a fact names: the one list of references that everything that follows them shares.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"

namespace seatwise {

// The ways in which a fact names another, in the order of the kinds that name and of their columns.
// Observed facts name nothing: what they say may not exist (section 9).
enum class Link : uint8_t {
  kSkuPlan,                 // A SKU, each of its plans.
  kConflictPlan,            // A conflict, each of its two plans.
  kRequirementPlan,         // A requirement, the plan that has it.
  kRequirementAnyOf,        // A requirement, each plan of its set.
  kProhibitionPlan,         // A prohibition, its plan.
  kSubscriptionSku,         // A subscription, its SKU.
  kMembershipGroup,         // A membership, the group.
  kMembershipMember,        // A membership, the user or group that is in it.
  kAssignmentPrincipal,     // An assignment, its user or group.
  kAssignmentSku,           // An assignment, its SKU.
  kAssignmentDisabledPlan,  // An assignment, each of its disabled_plans.
};
inline constexpr size_t kLinks = 11;

// The kind that names by this link.
FactKind NamingKind(Link link);

// The column of the interchange folder that holds the name: "disabled_plans".
absl::string_view FieldOf(Link link);

// Calls visit(link, key of the fact named) for each reference of a fact, in the order of the links
// and of the ids within sets. The key lives as long as the call. Whether what is named exists is
// not asked.
void ForEachReference(const Fact& fact, absl::FunctionRef<void(Link, const FactKey&)> visit);

}  // namespace seatwise
