#include "tests/worlds/describe.h"

#include <set>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/worlds/id_text.h"

namespace seatwise::worlds {
namespace {

template <typename AnyId>
std::string Text(const AnyId& id) {
  return QuoteId(id.value());
}

std::string Text(const PlanIdSet& plans) {
  return absl::StrJoin(
      plans, ",", [](std::string* out, const PlanId& plan) { absl::StrAppend(out, Text(plan)); });
}

// `ana`, `group staff`.
std::string Text(const Principal& principal) {
  return absl::StrCat(IsDirect(principal) ? "" : "group ", QuoteId(PrincipalIdValue(principal)));
}

// ` @3`; nothing for the epoch.
std::string At(Time time) { return time == Time{} ? "" : absl::StrCat(" @", time.micros); }

std::string DescribeSettings(const TenantSettings& settings) {
  std::string line = "tenant";
  if (settings.assignment_mode == AssignmentMode::kGroupAtomic) line += " atomic";
  if (settings.nested_groups) line += " nested";
  if (!settings.default_usage_location.empty()) {
    absl::StrAppend(&line, " location=", settings.default_usage_location.ToString());
  }
  if (settings.retention_days != 30) absl::StrAppend(&line, " retention=", settings.retention_days);
  return line == "tenant" ? "" : line + "\n";
}

std::string DescribePlan(const ServicePlan& plan) {
  return absl::StrCat(
      "plan ", Text(plan.id), plan.applies_to == AppliesTo::kCompany ? " company" : "",
      plan.unique_address ? " unique" : "", plan.retains_data ? " retains" : "", "\n");
}

absl::string_view UnitsName(const Subscription& subscription) {
  if (subscription.self_service) return "self-service";
  switch (subscription.status) {
    case SubscriptionStatus::kEnabled:
      return "seats";
    case SubscriptionStatus::kWarning:
      return "warning";
    case SubscriptionStatus::kSuspended:
      return "suspended";
    case SubscriptionStatus::kLockedOut:
      return "locked";
    case SubscriptionStatus::kDeleted:
      return "deleted";
  }
  return "";
}

std::string DescribeSku(const Sku& sku, const std::vector<Subscription>& subscriptions) {
  std::string line = absl::StrCat("sku ", Text(sku.id));
  for (const Subscription& subscription : subscriptions) {
    if (subscription.sku != sku.id) continue;
    absl::StrAppend(&line, " ", UnitsName(subscription), "=", subscription.units);
  }
  if (sku.overage_units == kUnlimited) {
    line += " overage=unlimited";
  } else if (sku.overage_units != 0) {
    absl::StrAppend(&line, " overage=", sku.overage_units);
  }
  if (!sku.plans.empty()) absl::StrAppend(&line, " plans=", Text(sku.plans));
  return line + "\n";
}

std::string DescribeUser(const User& user) {
  std::string line = absl::StrCat("user ", Text(user.id));
  if (!user.usage_location.empty()) {
    absl::StrAppend(&line, " location=", user.usage_location.ToString());
  }
  if (user.created_at != Time{}) absl::StrAppend(&line, " created=", user.created_at.micros);
  if (!user.proxy_addresses.empty()) {
    absl::StrAppend(
        &line, " address=",
        absl::StrJoin(user.proxy_addresses, ",", [](std::string* out, const std::string& address) {
          absl::StrAppend(out, QuoteId(address));
        }));
  }
  if (!user.account_enabled) line += " blocked";
  if (user.user_type == UserType::kGuest) line += " guest";
  return line + "\n";
}

std::string DescribeAssignment(const Assignment& assignment) {
  std::string line = absl::StrCat(Text(assignment.principal), " -> ", Text(assignment.sku));
  if (assignment.priority != 0) absl::StrAppend(&line, " priority=", assignment.priority);
  if (!assignment.disabled_plans.empty()) {
    absl::StrAppend(&line, " off=", Text(assignment.disabled_plans));
  }
  return absl::StrCat(line, At(assignment.assigned_at), "\n");
}

// What the lines of other things bring into being.
struct Mentioned {
  std::set<PlanId> plans;
  std::set<Principal> principals;
};

Mentioned FindMentioned(const Facts& facts) {
  Mentioned mentioned;
  for (const Sku& sku : facts.skus) mentioned.plans.insert(sku.plans.begin(), sku.plans.end());
  for (const Assignment& assignment : facts.assignments) {
    mentioned.principals.insert(assignment.principal);
  }
  for (const Membership& fact : facts.memberships) {
    mentioned.principals.insert(fact.member);
    mentioned.principals.insert(fact.group);
  }
  return mentioned;
}

// True if a line says more than that the thing exists.
template <typename AnyId>
bool HasOptions(const std::string& line, const AnyId& id) {
  return !absl::EndsWith(line, absl::StrCat(" ", Text(id), "\n"));
}

}  // namespace

std::string Describe(const Facts& facts) {
  const Mentioned mentioned = FindMentioned(facts);
  std::string text = DescribeSettings(facts.settings);
  for (const ServicePlan& plan : facts.plans) {
    const std::string line = DescribePlan(plan);
    if (!mentioned.plans.contains(plan.id) || HasOptions(line, plan.id)) text += line;
  }
  for (const Sku& sku : facts.skus) text += DescribeSku(sku, facts.subscriptions);
  for (const PlanConflict& conflict : facts.conflicts) {
    absl::StrAppend(&text, "conflict ", Text(conflict.a), " ", Text(conflict.b), "\n");
  }
  for (const PlanRequirement& requirement : facts.requirements) {
    absl::StrAppend(&text, "require ", Text(requirement.plan), " ", Text(requirement.any_of), "\n");
  }
  for (const PlanProhibition& prohibition : facts.prohibitions) {
    absl::StrAppend(&text, "prohibit ", Text(prohibition.plan), " ",
                    prohibition.location.ToString(), "\n");
  }
  for (const User& user : facts.users) {
    const std::string line = DescribeUser(user);
    if (!mentioned.principals.contains(user.id) || HasOptions(line, user.id)) text += line;
  }
  for (const Group& group : facts.groups) {
    if (!mentioned.principals.contains(group.id)) {
      absl::StrAppend(&text, "group ", Text(group.id), "\n");
    }
  }
  for (const Assignment& assignment : facts.assignments) text += DescribeAssignment(assignment);
  for (const Membership& fact : facts.memberships) {
    absl::StrAppend(&text, Text(fact.member), " in ", Text(fact.group), At(fact.added_at), "\n");
  }
  return text;
}

}  // namespace seatwise::worlds
