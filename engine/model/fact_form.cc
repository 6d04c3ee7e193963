#include "engine/model/fact_form.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/time.h"
#include "engine/model/limits.h"
#include "engine/model/quoted.h"
#include "engine/model/spelling.h"

namespace seatwise {
namespace {

// Checks value after value, and adds up their bytes.
class FormChecker {
 public:
  std::vector<FormFlaw> Take() && {
    if (bytes_ > kMaxFactBytes) {
      flaws_.push_back({ErrorReason::kTooLarge, "",
                        absl::StrCat("has ", bytes_, " bytes of ids and text; at most ",
                                     kMaxFactBytes, " are allowed")});
    }
    return std::move(flaws_);
  }

  void operator()(const TenantSettings& fact) {
    OneOf("assignment_mode", fact.assignment_mode, AssignmentMode::kGroupAtomic);
    Range("retention_days", CheckRetentionDays(fact.retention_days));
  }

  void operator()(const ServicePlan& fact) {
    AnId("plan_id", fact.id.value());
    Text("name", fact.name);
    Text("display_name", fact.display_name);
    OneOf("applies_to", fact.applies_to, AppliesTo::kCompany);
  }

  void operator()(const Sku& fact) {
    AnId("sku_id", fact.id.value());
    Text("part_number", fact.part_number);
    Text("display_name", fact.display_name);
    Plans("plan_id", fact.plans);
    if (fact.overage_units != kUnlimited) Range("overage_units", CheckUnits(fact.overage_units));
  }

  void operator()(const PlanConflict& fact) {
    AnId("plan_id", fact.a.value());
    AnId("conflicts_with_plan_id", fact.b.value());
    if (fact.a == fact.b) {
      flaws_.push_back({ErrorReason::kPlanConflictsWithItself, "conflicts_with_plan_id",
                        "is the plan itself; name another"});
    }
  }

  void operator()(const PlanRequirement& fact) {
    AnId("plan_id", fact.plan.value());
    Plans("requires_any_of", fact.any_of);
    if (fact.any_of.empty()) {
      flaws_.push_back(
          {ErrorReason::kNothingRequired, "requires_any_of", "is empty; name at least one plan"});
    }
  }

  void operator()(const PlanProhibition& fact) {
    AnId("plan_id", fact.plan.value());
    if (fact.location.empty()) Malformed("location", "is empty");
  }

  void operator()(const Subscription& fact) {
    AnId("subscription_id", fact.id.value());
    AnId("sku_id", fact.sku.value());
    Range("units", CheckUnits(fact.units));
    OneOf("status", fact.status, SubscriptionStatus::kDeleted);
    Malformed("currency", CheckCurrency(fact.currency));
    if (fact.renews_at) ATime("renews_at", *fact.renews_at);
  }

  void operator()(const User& fact) {
    AnId("user_id", fact.id.value());
    Text("user_principal_name", fact.user_principal_name);
    Text("display_name", fact.display_name);
    OneOf("user_type", fact.user_type, UserType::kGuest);
    ATime("created_at", fact.created_at);
    Addresses(fact);
    Attributes(fact);
  }

  void operator()(const Group& fact) {
    AnId("group_id", fact.id.value());
    Text("display_name", fact.display_name);
    Text("membership_rule", fact.membership_rule);
  }

  void operator()(const Membership& fact) {
    (*this)(MembershipKey{.group = fact.group, .member = fact.member});
    ATime("added_at", fact.added_at);
  }

  void operator()(const Assignment& fact) {
    (*this)(AssignmentKey{.principal = fact.principal, .sku = fact.sku});
    Plans("disabled_plans", fact.disabled_plans);
    ATime("assigned_at", fact.assigned_at);
  }

  void operator()(const Observed& fact) {
    (*this)(ObservedKey{.user = fact.user, .sku = fact.sku});
    Plans("disabled_plans", fact.disabled_plans);
  }

  // Keys that are not facts themselves.
  void operator()(const TenantSettingsKey&) {}
  void operator()(const PlanId& id) { AnId("plan_id", id.value()); }
  void operator()(const SkuId& id) { AnId("sku_id", id.value()); }
  void operator()(const SubscriptionId& id) { AnId("subscription_id", id.value()); }
  void operator()(const UserId& id) { AnId("user_id", id.value()); }
  void operator()(const GroupId& id) { AnId("group_id", id.value()); }
  void operator()(const MembershipKey& key) {
    AnId("group_id", key.group.value());
    AnId("member_id", PrincipalIdValue(key.member));
  }
  void operator()(const AssignmentKey& key) {
    AnId("principal_id", PrincipalIdValue(key.principal));
    AnId("sku_id", key.sku.value());
  }
  void operator()(const ObservedKey& key) {
    AnId("user_id", key.user.value());
    AnId("sku_id", key.sku.value());
  }

 private:
  void Malformed(absl::string_view field, std::string problem) {
    if (!problem.empty()) flaws_.push_back({ErrorReason::kMalformed, field, std::move(problem)});
  }

  void Range(absl::string_view field, std::string problem) {
    if (!problem.empty()) flaws_.push_back({ErrorReason::kOutOfRange, field, std::move(problem)});
  }

  void AnId(absl::string_view field, const std::string& id) {
    bytes_ += id.size();
    Malformed(field, CheckId(id));
  }

  void Text(absl::string_view field, const std::string& text) {
    bytes_ += text.size();
    Malformed(field, CheckText(text));
  }

  // `last` is the enum's last value.
  template <typename Enum>
  void OneOf(absl::string_view field, Enum value, Enum last) {
    if (value <= last) return;
    Range(field, absl::StrCat("has the unknown value ", static_cast<int>(value)));
  }

  void ATime(absl::string_view field, Time time) {
    if (time >= kMinTime && time <= kMaxTime) return;
    Range(field, "is not in the years 0001 to 9999");
  }

  void Plans(absl::string_view field, const PlanIdSet& plans) {
    std::string first;
    for (const PlanId& plan : plans) {
      bytes_ += plan.value().size();
      if (first.empty()) first = Element(plan.value(), CheckId(plan.value()));
    }
    Malformed(field, std::move(first));
  }

  void Addresses(const User& user) {
    std::string first;
    for (const std::string& address : user.proxy_addresses) {
      bytes_ += address.size();
      if (first.empty()) first = Element(address, CheckAddress(address));
    }
    Malformed("proxy_addresses", std::move(first));
  }

  void Attributes(const User& user) {
    std::string first;
    for (const auto& [name, value] : user.attributes) {
      bytes_ += name.size() + value.size();
      if (first.empty()) first = Element(name, AttributeProblem(name, value));
    }
    Malformed("attributes", std::move(first));
  }

  static std::string AttributeProblem(const std::string& name, const std::string& value) {
    if (name.empty()) return "is no name";
    if (value.empty()) return "has an empty value; leave the attribute out";
    const std::string problem = CheckText(name);
    return problem.empty() ? CheckText(value) : problem;
  }

  // "holds 'a;b', which contains ';'", or "" without a problem.
  static std::string Element(absl::string_view element, const std::string& problem) {
    return problem.empty() ? "" : absl::StrCat("holds ", Quoted(element), ", which ", problem);
  }

  std::vector<FormFlaw> flaws_;
  size_t bytes_ = 0;
};

template <typename Variant>
std::vector<FormFlaw> Check(const Variant& value) {
  FormChecker checker;
  std::visit(checker, value);
  return std::move(checker).Take();
}

}  // namespace

std::vector<FormFlaw> CheckForm(const Fact& fact) { return Check(fact); }
std::vector<FormFlaw> CheckForm(const FactKey& key) { return Check(key); }

}  // namespace seatwise
