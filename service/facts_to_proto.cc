#include "service/facts_to_proto.h"

#include <variant>

#include "absl/strings/escaping.h"
#include "base/sha256.h"
#include "engine/model/fact_key.h"
#include "service/names.h"
#include "service/proto_bytes.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

// The bytes of a digest that an etag shows.
constexpr size_t kEtagBytes = 16;

template <typename Repeated>
void FillIds(const PlanIdSet& plans, Repeated* ids) {
  ids->Reserve(static_cast<int>(plans.size()));
  for (const PlanId& plan : plans) ids->Add(std::string(plan.value()));
}

template <typename Message, typename AFact>
Message Named(absl::string_view tenant, const AFact& fact) {
  Message message = ToBareProto(fact);
  message.set_name(NameOf(tenant, KeyOf(Fact(fact))));
  return message;
}

template <typename Message, typename AFact>
Message NamedWithEtag(absl::string_view tenant, const AFact& fact) {
  Message message = Named<Message>(tenant, fact);
  message.set_etag(EtagOf(fact));
  return message;
}

v1::Subscription::Status ToStatus(SubscriptionStatus status) {
  switch (status) {
    case SubscriptionStatus::kEnabled:
      return v1::Subscription::ENABLED;
    case SubscriptionStatus::kWarning:
      return v1::Subscription::WARNING;
    case SubscriptionStatus::kSuspended:
      return v1::Subscription::SUSPENDED;
    case SubscriptionStatus::kLockedOut:
      return v1::Subscription::LOCKED_OUT;
    case SubscriptionStatus::kDeleted:
      return v1::Subscription::DELETED;
  }
  return v1::Subscription::STATUS_UNSPECIFIED;
}

struct FactFiller {
  v1::Fact& out;

  void operator()(const TenantSettings& f) { *out.mutable_tenant_settings() = ToBareProto(f); }
  void operator()(const ServicePlan& f) { *out.mutable_service_plan() = ToBareProto(f); }
  void operator()(const Sku& f) { *out.mutable_sku() = ToBareProto(f); }
  void operator()(const PlanConflict& f) { *out.mutable_plan_conflict() = ToBareProto(f); }
  void operator()(const PlanRequirement& f) { *out.mutable_plan_requirement() = ToBareProto(f); }
  void operator()(const PlanProhibition& f) { *out.mutable_plan_prohibition() = ToBareProto(f); }
  void operator()(const Subscription& f) { *out.mutable_subscription() = ToBareProto(f); }
  void operator()(const User& f) { *out.mutable_user() = ToBareProto(f); }
  void operator()(const Group& f) { *out.mutable_group() = ToBareProto(f); }
  void operator()(const Membership& f) { *out.mutable_member() = ToBareProto(f); }
  void operator()(const Assignment& f) { *out.mutable_assignment() = ToBareProto(f); }
  void operator()(const Observed& f) { *out.mutable_observed_license() = ToBareProto(f); }
};

}  // namespace

v1::TenantSettings ToBareProto(const TenantSettings& fact) {
  v1::TenantSettings out;
  out.set_assignment_mode(fact.assignment_mode == AssignmentMode::kGroupAtomic
                              ? v1::TenantSettings::GROUP_ATOMIC
                              : v1::TenantSettings::SKU_INDEPENDENT);
  out.set_nested_groups(fact.nested_groups);
  out.set_default_usage_location(fact.default_usage_location.ToString());
  out.set_retention_days(fact.retention_days);
  return out;
}

v1::ServicePlan ToBareProto(const ServicePlan& fact) {
  v1::ServicePlan out;
  out.set_service_plan_id(fact.id.value());
  out.set_service_plan_name(fact.name);
  out.set_display_name(fact.display_name);
  out.set_applies_to(fact.applies_to == AppliesTo::kCompany ? v1::ServicePlan::COMPANY
                                                            : v1::ServicePlan::USER);
  out.set_unique_address(fact.unique_address);
  out.set_retains_data(fact.retains_data);
  return out;
}

v1::Sku ToBareProto(const Sku& fact) {
  v1::Sku out;
  out.set_sku_id(fact.id.value());
  out.set_sku_part_number(fact.part_number);
  out.set_display_name(fact.display_name);
  FillIds(fact.plans, out.mutable_service_plan_ids());
  if (fact.overage_units == kUnlimited) {
    out.set_unlimited_overage(true);
  } else {
    out.set_overage_units(fact.overage_units);
  }
  return out;
}

v1::PlanConflict ToBareProto(const PlanConflict& fact) {
  v1::PlanConflict out;
  out.set_service_plan_id(fact.a.value());
  out.set_conflicts_with_id(fact.b.value());
  return out;
}

v1::PlanRequirement ToBareProto(const PlanRequirement& fact) {
  v1::PlanRequirement out;
  out.set_service_plan_id(fact.plan.value());
  FillIds(fact.any_of, out.mutable_any_of_ids());
  return out;
}

v1::PlanProhibition ToBareProto(const PlanProhibition& fact) {
  v1::PlanProhibition out;
  out.set_service_plan_id(fact.plan.value());
  out.set_location(fact.location.ToString());
  return out;
}

v1::Subscription ToBareProto(const Subscription& fact) {
  v1::Subscription out;
  out.set_subscription_id(fact.id.value());
  out.set_sku_id(fact.sku.value());
  out.set_units(fact.units);
  out.set_status(ToStatus(fact.status));
  out.set_self_service(fact.self_service);
  if (fact.unit_price) {
    out.mutable_unit_price()->set_ten_thousandths(fact.unit_price->ten_thousandths);
  }
  out.set_currency(fact.currency);
  if (fact.renews_at) *out.mutable_renews_at() = ToTimestamp(*fact.renews_at);
  return out;
}

v1::User ToBareProto(const User& fact) {
  v1::User out;
  out.set_user_id(fact.id.value());
  out.set_user_principal_name(fact.user_principal_name);
  out.set_display_name(fact.display_name);
  out.set_usage_location(fact.usage_location.ToString());
  out.set_account_enabled(fact.account_enabled);
  out.set_user_type(fact.user_type == UserType::kGuest ? v1::User::GUEST : v1::User::MEMBER);
  *out.mutable_created_at() = ToTimestamp(fact.created_at);
  for (const std::string& address : fact.proxy_addresses) out.add_proxy_addresses(address);
  for (const auto& [name, value] : fact.attributes) (*out.mutable_attributes())[name] = value;
  return out;
}

v1::Group ToBareProto(const Group& fact) {
  v1::Group out;
  out.set_group_id(fact.id.value());
  out.set_display_name(fact.display_name);
  out.set_membership_rule(fact.membership_rule);
  return out;
}

v1::Member ToBareProto(const Membership& fact) {
  v1::Member out;
  out.set_group_id(fact.group.value());
  if (IsDirect(fact.member)) {
    out.set_user_id(PrincipalIdValue(fact.member));
  } else {
    out.set_member_group_id(PrincipalIdValue(fact.member));
  }
  *out.mutable_added_at() = ToTimestamp(fact.added_at);
  return out;
}

v1::Assignment ToBareProto(const Assignment& fact) {
  v1::Assignment out;
  if (IsDirect(fact.principal)) {
    out.set_user_id(PrincipalIdValue(fact.principal));
  } else {
    out.set_group_id(PrincipalIdValue(fact.principal));
  }
  out.set_sku_id(fact.sku.value());
  FillIds(fact.disabled_plans, out.mutable_disabled_plan_ids());
  out.set_priority(fact.priority);
  *out.mutable_assigned_at() = ToTimestamp(fact.assigned_at);
  return out;
}

v1::ObservedLicense ToBareProto(const Observed& fact) {
  v1::ObservedLicense out;
  out.set_user_id(fact.user.value());
  out.set_sku_id(fact.sku.value());
  FillIds(fact.disabled_plans, out.mutable_disabled_plan_ids());
  return out;
}

v1::Fact ToBareProto(const Fact& fact) {
  v1::Fact out;
  std::visit(FactFiller{out}, fact);
  return out;
}

v1::ServicePlan ToProto(absl::string_view tenant, const ServicePlan& fact) {
  return NamedWithEtag<v1::ServicePlan>(tenant, fact);
}
v1::Sku ToProto(absl::string_view tenant, const Sku& fact) {
  return NamedWithEtag<v1::Sku>(tenant, fact);
}
v1::PlanConflict ToProto(absl::string_view tenant, const PlanConflict& fact) {
  return Named<v1::PlanConflict>(tenant, fact);
}
v1::PlanRequirement ToProto(absl::string_view tenant, const PlanRequirement& fact) {
  return Named<v1::PlanRequirement>(tenant, fact);
}
v1::PlanProhibition ToProto(absl::string_view tenant, const PlanProhibition& fact) {
  return Named<v1::PlanProhibition>(tenant, fact);
}
v1::Subscription ToProto(absl::string_view tenant, const Subscription& fact) {
  return NamedWithEtag<v1::Subscription>(tenant, fact);
}
v1::User ToProto(absl::string_view tenant, const User& fact) {
  return NamedWithEtag<v1::User>(tenant, fact);
}
v1::Group ToProto(absl::string_view tenant, const Group& fact) {
  return NamedWithEtag<v1::Group>(tenant, fact);
}
v1::Member ToProto(absl::string_view tenant, const Membership& fact) {
  return NamedWithEtag<v1::Member>(tenant, fact);
}
v1::Assignment ToProto(absl::string_view tenant, const Assignment& fact) {
  return NamedWithEtag<v1::Assignment>(tenant, fact);
}
v1::ObservedLicense ToProto(absl::string_view tenant, const Observed& fact) {
  return Named<v1::ObservedLicense>(tenant, fact);
}

std::string EtagOf(const Fact& fact) {
  const std::string digest = Sha256Of(SameBytesOf(ToBareProto(fact)));
  return absl::BytesToHexString(absl::string_view(digest).substr(0, kEtagBytes));
}

}  // namespace seatwise
