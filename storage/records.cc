#include "storage/records.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

using storage::FactRecord;

// An enum whose values are 0 to `last`.
template <typename Enum>
absl::StatusOr<Enum> ToEnum(uint32_t value, Enum last, absl::string_view what) {
  if (value > static_cast<uint32_t>(last)) {
    return RecordError(what, absl::StrCat("has the unknown value ", value));
  }
  return static_cast<Enum>(value);
}

void Fill(const Principal& principal, storage::PrincipalRecord& record) {
  record.set_is_group(!IsDirect(principal));
  record.set_id(PrincipalIdValue(principal));
}

Principal ToPrincipal(const storage::PrincipalRecord& record) {
  if (record.is_group()) return GroupId(record.id());
  return UserId(record.id());
}

// Writes a fact into its field of the message.
struct Filler {
  FactRecord& record;

  void operator()(const TenantSettings& fact) const {
    storage::SettingsRecord& settings = *record.mutable_settings();
    settings.set_assignment_mode(static_cast<uint32_t>(fact.assignment_mode));
    settings.set_nested_groups(fact.nested_groups);
    settings.set_default_usage_location(fact.default_usage_location.ToString());
    settings.set_retention_days(fact.retention_days);
  }
  void operator()(const ServicePlan& fact) const {
    storage::PlanRecord& plan = *record.mutable_plan();
    plan.set_id(fact.id.value());
    plan.set_name(fact.name);
    plan.set_display_name(fact.display_name);
    plan.set_applies_to(static_cast<uint32_t>(fact.applies_to));
    plan.set_unique_address(fact.unique_address);
    plan.set_retains_data(fact.retains_data);
  }
  void operator()(const Sku& fact) const {
    storage::SkuRecord& sku = *record.mutable_sku();
    sku.set_id(fact.id.value());
    sku.set_part_number(fact.part_number);
    sku.set_display_name(fact.display_name);
    AppendIds(fact.plans, *sku.mutable_plans());
    sku.set_overage_units(fact.overage_units);
  }
  void operator()(const PlanConflict& fact) const {
    record.mutable_conflict()->set_a(fact.a.value());
    record.mutable_conflict()->set_b(fact.b.value());
  }
  void operator()(const PlanRequirement& fact) const {
    record.mutable_requirement()->set_plan(fact.plan.value());
    AppendIds(fact.any_of, *record.mutable_requirement()->mutable_any_of());
  }
  void operator()(const PlanProhibition& fact) const {
    record.mutable_prohibition()->set_plan(fact.plan.value());
    record.mutable_prohibition()->set_location(fact.location.ToString());
  }
  void operator()(const Subscription& fact) const {
    storage::SubscriptionRecord& subscription = *record.mutable_subscription();
    subscription.set_id(fact.id.value());
    subscription.set_sku(fact.sku.value());
    subscription.set_units(fact.units);
    subscription.set_status(static_cast<uint32_t>(fact.status));
    subscription.set_self_service(fact.self_service);
    if (fact.unit_price) subscription.set_unit_price(fact.unit_price->ten_thousandths);
    subscription.set_currency(fact.currency);
    if (fact.renews_at) subscription.set_renews_at(fact.renews_at->micros);
  }
  void operator()(const User& fact) const {
    *record.mutable_user()->mutable_user() = ToUserRecord(fact, 0);
    *record.mutable_user()->mutable_name() = ToUserNameRecord(fact);
  }
  void operator()(const Group& fact) const {
    *record.mutable_group()->mutable_name() = ToGroupNameRecord(fact);
  }
  void operator()(const Membership& fact) const {
    storage::WholeMembershipRecord& membership = *record.mutable_membership();
    membership.set_group(fact.group.value());
    Fill(fact.member, *membership.mutable_member());
    membership.set_added_at(fact.added_at.micros);
  }
  void operator()(const Assignment& fact) const {
    storage::WholeAssignmentRecord& assignment = *record.mutable_assignment();
    Fill(fact.principal, *assignment.mutable_principal());
    assignment.set_sku(fact.sku.value());
    *assignment.mutable_assignment() = ToAssignmentRecord(fact);
  }
  void operator()(const Observed& fact) const {
    storage::WholeObservedRecord& observed = *record.mutable_observed();
    observed.set_user(fact.user.value());
    observed.set_sku(fact.sku.value());
    *observed.mutable_observed() = ToObservedRecord(fact);
  }
};

absl::StatusOr<Fact> FromSettings(const storage::SettingsRecord& record) {
  TenantSettings settings{.nested_groups = record.nested_groups(),
                          .retention_days = record.retention_days()};
  SEATWISE_ASSIGN_OR_RETURN(
      settings.assignment_mode,
      ToEnum(record.assignment_mode(), AssignmentMode::kGroupAtomic, "a tenant's settings"));
  SEATWISE_ASSIGN_OR_RETURN(settings.default_usage_location,
                            ToLocation(record.default_usage_location()));
  return settings;
}

absl::StatusOr<Fact> FromPlan(const storage::PlanRecord& record) {
  ServicePlan plan{.id = PlanId(record.id()),
                   .name = record.name(),
                   .display_name = record.display_name(),
                   .unique_address = record.unique_address(),
                   .retains_data = record.retains_data()};
  SEATWISE_ASSIGN_OR_RETURN(plan.applies_to,
                            ToEnum(record.applies_to(), AppliesTo::kCompany, "a plan"));
  return plan;
}

absl::StatusOr<Fact> FromProhibition(const storage::ProhibitionRecord& record) {
  SEATWISE_ASSIGN_OR_RETURN(const Location location, ToLocation(record.location()));
  return PlanProhibition{PlanId(record.plan()), location};
}

absl::StatusOr<Fact> FromSubscription(const storage::SubscriptionRecord& record) {
  Subscription subscription{.id = SubscriptionId(record.id()),
                            .sku = SkuId(record.sku()),
                            .units = record.units(),
                            .self_service = record.self_service(),
                            .currency = record.currency()};
  SEATWISE_ASSIGN_OR_RETURN(
      subscription.status, ToEnum(record.status(), SubscriptionStatus::kDeleted, "a subscription"));
  if (record.has_unit_price()) subscription.unit_price = UnitPrice{record.unit_price()};
  if (record.has_renews_at()) subscription.renews_at = Time{record.renews_at()};
  return subscription;
}

// Makes a fact that has no content from its key.
struct BareFactMaker {
  Fact operator()(const TenantSettingsKey&) const { return TenantSettings(); }
  Fact operator()(const PlanId& key) const { return ServicePlan{.id = key}; }
  Fact operator()(const SkuId& key) const { return Sku{.id = key}; }
  Fact operator()(const PlanConflict& key) const { return key; }
  Fact operator()(const PlanRequirement& key) const { return key; }
  Fact operator()(const PlanProhibition& key) const { return key; }
  Fact operator()(const SubscriptionId& key) const { return Subscription{.id = key}; }
  Fact operator()(const UserId& key) const { return User{.id = key}; }
  Fact operator()(const GroupId& key) const { return Group{.id = key}; }
  Fact operator()(const MembershipKey& key) const { return Membership{key.group, key.member, {}}; }
  Fact operator()(const AssignmentKey& key) const {
    return Assignment{.principal = key.principal, .sku = key.sku};
  }
  Fact operator()(const ObservedKey& key) const { return Observed{key.user, key.sku, {}}; }
};

}  // namespace

FactRecord ToRecord(const Fact& fact) {
  FactRecord record;
  std::visit(Filler{record}, fact);
  return record;
}

absl::StatusOr<Fact> FromRecord(const FactRecord& record) {
  switch (record.fact_case()) {
    case FactRecord::kSettings:
      return FromSettings(record.settings());
    case FactRecord::kPlan:
      return FromPlan(record.plan());
    case FactRecord::kSku:
      return Sku{.id = SkuId(record.sku().id()),
                 .part_number = record.sku().part_number(),
                 .display_name = record.sku().display_name(),
                 .plans = ToIds(record.sku().plans()),
                 .overage_units = record.sku().overage_units()};
    case FactRecord::kConflict:
      return PlanConflict{PlanId(record.conflict().a()), PlanId(record.conflict().b())};
    case FactRecord::kRequirement:
      return PlanRequirement{PlanId(record.requirement().plan()),
                             ToIds(record.requirement().any_of())};
    case FactRecord::kProhibition:
      return FromProhibition(record.prohibition());
    case FactRecord::kSubscription:
      return FromSubscription(record.subscription());
    case FactRecord::kUser:
      return FromUserRecords(record.user().user(), record.user().name());
    case FactRecord::kGroup:
      return FromGroupRecord(record.group().name());
    case FactRecord::kMembership:
      return Membership{GroupId(record.membership().group()),
                        ToPrincipal(record.membership().member()),
                        Time{record.membership().added_at()}};
    case FactRecord::kAssignment:
      return FromAssignmentRecord(ToPrincipal(record.assignment().principal()),
                                  SkuId(record.assignment().sku()),
                                  record.assignment().assignment());
    case FactRecord::kObserved:
      return FromObservedRecord(UserId(record.observed().user()), SkuId(record.observed().sku()),
                                record.observed().observed());
    case FactRecord::FACT_NOT_SET:
      break;
  }
  return RecordError("a fact", "is of no kind that this program knows");
}

std::string EncodeFact(const Fact& fact) { return EncodeMessage(ToRecord(fact)); }

absl::StatusOr<Fact> DecodeFact(absl::string_view value) {
  SEATWISE_ASSIGN_OR_RETURN(const FactRecord record, Decoded<FactRecord>(value));
  return FromRecord(record);
}

Fact BareFact(const FactKey& key) { return std::visit(BareFactMaker(), key); }

storage::UserRecord ToUserRecord(const User& user, uint32_t number) {
  storage::UserRecord record;
  record.set_number(number);
  record.set_usage_location(user.usage_location.ToString());
  record.set_created_at(user.created_at.micros);
  record.set_blocked(!user.account_enabled);
  record.set_guest(user.user_type == UserType::kGuest);
  for (const std::string& address : user.proxy_addresses) record.add_proxy_addresses(address);
  return record;
}

storage::UserNameRecord ToUserNameRecord(const User& user) {
  storage::UserNameRecord record;
  record.set_id(user.id.value());
  record.set_user_principal_name(user.user_principal_name);
  record.set_display_name(user.display_name);
  for (const auto& [name, value] : user.attributes) {
    storage::AttributeRecord& attribute = *record.add_attributes();
    attribute.set_name(name);
    attribute.set_value(value);
  }
  return record;
}

absl::StatusOr<User> FromUserRecords(const storage::UserRecord& user,
                                     const storage::UserNameRecord& name) {
  User fact{.id = UserId(name.id()),
            .user_principal_name = name.user_principal_name(),
            .display_name = name.display_name(),
            .account_enabled = !user.blocked(),
            .user_type = user.guest() ? UserType::kGuest : UserType::kMember,
            .created_at = Time{user.created_at()},
            .proxy_addresses = {user.proxy_addresses().begin(), user.proxy_addresses().end()}};
  SEATWISE_ASSIGN_OR_RETURN(fact.usage_location, ToLocation(user.usage_location()));
  for (const storage::AttributeRecord& attribute : name.attributes()) {
    fact.attributes.emplace(attribute.name(), attribute.value());
  }
  return fact;
}

storage::GroupNameRecord ToGroupNameRecord(const Group& group) {
  storage::GroupNameRecord record;
  record.set_id(group.id.value());
  record.set_display_name(group.display_name);
  record.set_membership_rule(group.membership_rule);
  return record;
}

Group FromGroupRecord(const storage::GroupNameRecord& name) {
  return {.id = GroupId(name.id()),
          .display_name = name.display_name(),
          .membership_rule = name.membership_rule()};
}

storage::AssignmentRecord ToAssignmentRecord(const Assignment& assignment) {
  storage::AssignmentRecord record;
  AppendIds(assignment.disabled_plans, *record.mutable_disabled_plans());
  record.set_priority(assignment.priority);
  record.set_assigned_at(assignment.assigned_at.micros);
  return record;
}

Assignment FromAssignmentRecord(Principal principal, SkuId sku,
                                const storage::AssignmentRecord& record) {
  return {.principal = std::move(principal),
          .sku = std::move(sku),
          .disabled_plans = ToIds(record.disabled_plans()),
          .priority = record.priority(),
          .assigned_at = Time{record.assigned_at()}};
}

storage::ObservedRecord ToObservedRecord(const Observed& observed) {
  storage::ObservedRecord record;
  AppendIds(observed.disabled_plans, *record.mutable_disabled_plans());
  return record;
}

Observed FromObservedRecord(UserId user, SkuId sku, const storage::ObservedRecord& record) {
  return {std::move(user), std::move(sku), ToIds(record.disabled_plans())};
}

void AppendIds(const PlanIdSet& ids, BytesList& list) {
  for (const PlanId& id : ids) *list.Add() = id.value();
}

PlanIdSet ToIds(const BytesList& list) {
  PlanIdSet ids;
  for (const std::string& id : list) ids.insert(ids.end(), PlanId(id));
  return ids;
}

absl::StatusOr<Location> ToLocation(absl::string_view text) {
  if (text.empty()) return Location();
  const std::optional<Location> location = Location::Parse(text);
  if (!location) return RecordError("a location", "is not two letters A-Z");
  return *location;
}

}  // namespace seatwise
