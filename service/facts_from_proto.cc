// Each message is first made whole: ids that are empty are taken from its name. Then its fields are
// read one by one, so that every mistake is found at its place.
#include "service/facts_from_proto.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "engine/model/fact_key.h"
#include "engine/model/limits.h"
#include "engine/model/quoted.h"
#include "service/names.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

// Reads the fields of one message.
class Reader {
 public:
  Reader(const InputScope& scope, FieldErrors& errors) : scope_(scope), errors_(errors) {}

  void Bad(v1::ErrorReason reason, absl::string_view field, absl::string_view problem) {
    std::string path;
    for (absl::string_view part : {scope_.path, scope_.within, field}) {
      if (!part.empty()) absl::StrAppend(&path, path.empty() ? "" : ".", part);
    }
    errors_.Add(reason, path, problem);
  }

  // The key that the name says, if there is a name; it is of the kind, and of the tenant.
  template <typename Key>
  std::optional<Key> KeyIn(const std::string& name, FactKind kind) {
    if (name.empty()) return std::nullopt;
    absl::StatusOr<FactName> parsed = ParseFactName(name, kind, "name");
    if (!parsed.ok()) {
      Bad(v1::INVALID_RESOURCE_NAME, "name",
          absl::StrCat("is ", Quoted(name), ", which does not name a ", KindName(kind)));
      return std::nullopt;
    }
    if (parsed->tenant != scope_.tenant) {
      Bad(v1::CONTRADICTION, "name",
          absl::StrCat("is of tenant ", Quoted(parsed->tenant), "; the request is for tenant ",
                       Quoted(scope_.tenant)));
      return std::nullopt;
    }
    return std::get<Key>(std::move(parsed->key));
  }

  // An id that the name may stand for.
  template <typename AnyId>
  AnyId Id(absl::string_view field, const std::string& given, const std::optional<AnyId>& named) {
    if (given.empty() && !named) Bad(v1::FIELD_REQUIRED, field, "is required");
    if (given.empty()) return named.value_or(AnyId());
    if (named && named->value() != given) {
      Bad(v1::CONTRADICTION, field,
          absl::StrCat("is ", Quoted(given), ", but name says ", Quoted(named->value())));
    }
    return AnyId(given);
  }

  seatwise::Location Location(absl::string_view field, const std::string& text) {
    if (text.empty()) return {};
    const std::optional<seatwise::Location> location = seatwise::Location::Parse(text);
    if (!location) {
      Bad(v1::MALFORMED, field,
          absl::StrCat("is ", Quoted(text), "; a location is two letters A-Z"));
    }
    return location.value_or(seatwise::Location());
  }

  template <typename Ids>
  PlanIdSet Plans(const Ids& ids) {
    PlanIdSet plans;
    for (const std::string& id : ids) plans.insert(PlanId(id));
    return plans;
  }

  Time TimeOf(absl::string_view field, const google::protobuf::Timestamp& timestamp) {
    const std::optional<Time> time = FromTimestamp(timestamp);
    if (!time) {
      Bad(v1::OUT_OF_RANGE, field, "is not a time from year 1 to 9999 in whole microseconds");
    }
    return time.value_or(Time());
  }

  void UnknownValue(absl::string_view field, int value) {
    Bad(v1::OUT_OF_RANGE, field, absl::StrCat("has the unknown value ", value));
  }

  Time absent_time() const { return scope_.absent_time; }

 private:
  const InputScope& scope_;
  FieldErrors& errors_;
};

// A part of an optional key.
template <typename Key, typename Part>
std::optional<Part> Of(const std::optional<Key>& key, Part Key::* part) {
  return key ? std::optional<Part>((*key).*part) : std::nullopt;
}

// The user or group that one of two fields says, or else the name.
template <typename Message>
Principal PrincipalOf(Reader& reader, const Message& message, bool is_user, bool is_group,
                      absl::string_view group_field, const std::string& group_id,
                      const std::optional<Principal>& named) {
  const auto* named_user = named ? std::get_if<UserId>(&*named) : nullptr;
  const auto* named_group = named ? std::get_if<GroupId>(&*named) : nullptr;
  if (!is_user && !is_group) {
    if (named) return *named;
    reader.Bad(v1::FIELD_REQUIRED, "user_id", absl::StrCat("or ", group_field, " is required"));
    return UserId();
  }
  if ((is_user && named_group != nullptr) || (is_group && named_user != nullptr)) {
    reader.Bad(v1::CONTRADICTION, is_user ? absl::string_view("user_id") : group_field,
               "is set, but name is of the other kind");
    return UserId();
  }
  if (is_user) {
    return reader.Id<UserId>("user_id", message.user_id(),
                             named_user ? std::optional(*named_user) : std::nullopt);
  }
  return reader.Id<GroupId>(group_field, group_id,
                            named_group ? std::optional(*named_group) : std::nullopt);
}

SubscriptionStatus StatusOf(Reader& reader, v1::Subscription::Status status) {
  switch (status) {
    case v1::Subscription::STATUS_UNSPECIFIED:
    case v1::Subscription::ENABLED:
      return SubscriptionStatus::kEnabled;
    case v1::Subscription::WARNING:
      return SubscriptionStatus::kWarning;
    case v1::Subscription::SUSPENDED:
      return SubscriptionStatus::kSuspended;
    case v1::Subscription::LOCKED_OUT:
      return SubscriptionStatus::kLockedOut;
    case v1::Subscription::DELETED:
      return SubscriptionStatus::kDeleted;
    default:
      reader.UnknownValue("status", status);
      return SubscriptionStatus::kEnabled;
  }
}

int64_t OverageOf(Reader& reader, const v1::Sku& message) {
  if (message.has_unlimited_overage()) {
    if (!message.unlimited_overage()) {
      reader.Bad(v1::OUT_OF_RANGE, "unlimited_overage", "is false; leave it out");
    }
    return kUnlimited;
  }
  // Before it could be taken for kUnlimited.
  if (message.overage_units() > kMaxUnits) {
    reader.Bad(v1::OUT_OF_RANGE, "overage_units", absl::StrCat("is over ", kMaxUnits));
    return 0;
  }
  return message.overage_units();
}

}  // namespace

InputFact FactOf(const v1::TenantSettings& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  TenantSettings fact;
  if (!v1::TenantSettings::AssignmentMode_IsValid(message.assignment_mode())) {
    reader.UnknownValue("assignment_mode", message.assignment_mode());
  }
  if (message.assignment_mode() == v1::TenantSettings::GROUP_ATOMIC) {
    fact.assignment_mode = AssignmentMode::kGroupAtomic;
  }
  fact.nested_groups = message.nested_groups();
  fact.default_usage_location =
      reader.Location("default_usage_location", message.default_usage_location());
  if (message.has_retention_days()) fact.retention_days = message.retention_days();
  return {fact};
}

InputFact FactOf(const v1::ServicePlan& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  ServicePlan fact;
  fact.id = reader.Id("service_plan_id", message.service_plan_id(),
                      reader.KeyIn<PlanId>(message.name(), FactKind::kServicePlan));
  fact.name = message.service_plan_name();
  fact.display_name = message.display_name();
  if (!v1::ServicePlan::AppliesTo_IsValid(message.applies_to())) {
    reader.UnknownValue("applies_to", message.applies_to());
  }
  if (message.applies_to() == v1::ServicePlan::COMPANY) fact.applies_to = AppliesTo::kCompany;
  fact.unique_address = message.unique_address();
  fact.retains_data = message.retains_data();
  return {std::move(fact)};
}

InputFact FactOf(const v1::Sku& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  Sku fact;
  fact.id =
      reader.Id("sku_id", message.sku_id(), reader.KeyIn<SkuId>(message.name(), FactKind::kSku));
  fact.part_number = message.sku_part_number();
  fact.display_name = message.display_name();
  fact.plans = reader.Plans(message.service_plan_ids());
  fact.overage_units = OverageOf(reader, message);
  return {std::move(fact)};
}

InputFact FactOf(const v1::PlanConflict& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  std::optional<PlanConflict> named =
      reader.KeyIn<PlanConflict>(message.name(), FactKind::kPlanConflict);
  // Given in the other order it is the same conflict.
  if (named && message.service_plan_id() == named->b.value()) std::swap(named->a, named->b);
  PlanConflict fact;
  fact.a = reader.Id("service_plan_id", message.service_plan_id(), Of(named, &PlanConflict::a));
  fact.b = reader.Id("conflicts_with_id", message.conflicts_with_id(), Of(named, &PlanConflict::b));
  return {std::move(fact)};
}

InputFact FactOf(const v1::PlanRequirement& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  const std::optional<PlanRequirement> named =
      reader.KeyIn<PlanRequirement>(message.name(), FactKind::kPlanRequirement);
  PlanRequirement fact;
  fact.plan =
      reader.Id("service_plan_id", message.service_plan_id(), Of(named, &PlanRequirement::plan));
  fact.any_of = reader.Plans(message.any_of_ids());
  if (named && fact.any_of.empty()) fact.any_of = named->any_of;
  if (named && fact.any_of != named->any_of) {
    reader.Bad(v1::CONTRADICTION, "any_of_ids", "is another set than name says");
  }
  return {std::move(fact)};
}

InputFact FactOf(const v1::PlanProhibition& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  const std::optional<PlanProhibition> named =
      reader.KeyIn<PlanProhibition>(message.name(), FactKind::kPlanProhibition);
  PlanProhibition fact;
  fact.plan =
      reader.Id("service_plan_id", message.service_plan_id(), Of(named, &PlanProhibition::plan));
  fact.location = reader.Location("location", message.location());
  if (named && message.location().empty()) fact.location = named->location;
  if (named && fact.location != named->location) {
    reader.Bad(v1::CONTRADICTION, "location", "is another one than name says");
  }
  return {std::move(fact)};
}

InputFact FactOf(const v1::Subscription& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  Subscription fact;
  fact.id = reader.Id("subscription_id", message.subscription_id(),
                      reader.KeyIn<SubscriptionId>(message.name(), FactKind::kSubscription));
  fact.sku = reader.Id<SkuId>("sku_id", message.sku_id(), std::nullopt);
  fact.units = message.units();
  fact.status = StatusOf(reader, message.status());
  fact.self_service = message.self_service();
  if (message.has_unit_price()) fact.unit_price = UnitPrice{message.unit_price().ten_thousandths()};
  fact.currency = message.currency();
  if (message.has_renews_at()) fact.renews_at = reader.TimeOf("renews_at", message.renews_at());
  return {std::move(fact)};
}

InputFact FactOf(const v1::User& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  User fact;
  fact.id = reader.Id("user_id", message.user_id(),
                      reader.KeyIn<UserId>(message.name(), FactKind::kUser));
  fact.user_principal_name = message.user_principal_name();
  fact.display_name = message.display_name();
  fact.usage_location = reader.Location("usage_location", message.usage_location());
  if (message.has_account_enabled()) fact.account_enabled = message.account_enabled();
  if (!v1::User::UserType_IsValid(message.user_type())) {
    reader.UnknownValue("user_type", message.user_type());
  }
  if (message.user_type() == v1::User::GUEST) fact.user_type = UserType::kGuest;
  fact.created_at = message.has_created_at() ? reader.TimeOf("created_at", message.created_at())
                                             : reader.absent_time();
  fact.proxy_addresses.insert(message.proxy_addresses().begin(), message.proxy_addresses().end());
  for (const auto& [name, value] : message.attributes()) fact.attributes[name] = value;
  return {std::move(fact), !message.has_created_at()};
}

InputFact FactOf(const v1::Group& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  Group fact;
  fact.id = reader.Id("group_id", message.group_id(),
                      reader.KeyIn<GroupId>(message.name(), FactKind::kGroup));
  fact.display_name = message.display_name();
  fact.membership_rule = message.membership_rule();
  return {std::move(fact)};
}

InputFact FactOf(const v1::Member& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  const std::optional<MembershipKey> named =
      reader.KeyIn<MembershipKey>(message.name(), FactKind::kMembership);
  Membership fact;
  fact.group = reader.Id("group_id", message.group_id(), Of(named, &MembershipKey::group));
  fact.member =
      PrincipalOf(reader, message, message.has_user_id(), message.has_member_group_id(),
                  "member_group_id", message.member_group_id(), Of(named, &MembershipKey::member));
  fact.added_at =
      message.has_added_at() ? reader.TimeOf("added_at", message.added_at()) : reader.absent_time();
  return {std::move(fact), !message.has_added_at()};
}

InputFact FactOf(const v1::Assignment& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  const std::optional<AssignmentKey> named =
      reader.KeyIn<AssignmentKey>(message.name(), FactKind::kAssignment);
  Assignment fact;
  fact.principal =
      PrincipalOf(reader, message, message.has_user_id(), message.has_group_id(), "group_id",
                  message.group_id(), Of(named, &AssignmentKey::principal));
  fact.sku = reader.Id("sku_id", message.sku_id(), Of(named, &AssignmentKey::sku));
  fact.disabled_plans = reader.Plans(message.disabled_plan_ids());
  fact.priority = message.priority();
  fact.assigned_at = message.has_assigned_at() ? reader.TimeOf("assigned_at", message.assigned_at())
                                               : reader.absent_time();
  return {std::move(fact), !message.has_assigned_at()};
}

InputFact FactOf(const v1::ObservedLicense& message, const InputScope& scope, FieldErrors& errors) {
  Reader reader(scope, errors);
  const std::optional<ObservedKey> named =
      reader.KeyIn<ObservedKey>(message.name(), FactKind::kObserved);
  Observed fact;
  fact.user = reader.Id("user_id", message.user_id(), Of(named, &ObservedKey::user));
  fact.sku = reader.Id("sku_id", message.sku_id(), Of(named, &ObservedKey::sku));
  fact.disabled_plans = reader.Plans(message.disabled_plan_ids());
  return {std::move(fact)};
}

InputFact FactOf(const v1::Fact& message, const InputScope& scope, FieldErrors& errors) {
  const auto within = [&](absl::string_view field, const auto& fact) {
    InputScope inner = scope;
    inner.within = field;
    return FactOf(fact, inner, errors);
  };
  switch (message.fact_case()) {
    case v1::Fact::kTenantSettings:
      return within("tenant_settings", message.tenant_settings());
    case v1::Fact::kServicePlan:
      return within("service_plan", message.service_plan());
    case v1::Fact::kSku:
      return within("sku", message.sku());
    case v1::Fact::kPlanConflict:
      return within("plan_conflict", message.plan_conflict());
    case v1::Fact::kPlanRequirement:
      return within("plan_requirement", message.plan_requirement());
    case v1::Fact::kPlanProhibition:
      return within("plan_prohibition", message.plan_prohibition());
    case v1::Fact::kSubscription:
      return within("subscription", message.subscription());
    case v1::Fact::kUser:
      return within("user", message.user());
    case v1::Fact::kGroup:
      return within("group", message.group());
    case v1::Fact::kMember:
      return within("member", message.member());
    case v1::Fact::kAssignment:
      return within("assignment", message.assignment());
    case v1::Fact::kObservedLicense:
      return within("observed_license", message.observed_license());
    case v1::Fact::FACT_NOT_SET:
      break;
  }
  Reader(scope, errors).Bad(v1::FIELD_REQUIRED, "fact", "is required: set one of its fields");
  return {};
}

void KeepTime(const Fact& stored, InputFact& input) {
  if (!input.time_left_out || stored.index() != input.fact.index()) return;
  if (auto* user = std::get_if<User>(&input.fact)) {
    user->created_at = std::get<User>(stored).created_at;
  } else if (auto* membership = std::get_if<Membership>(&input.fact)) {
    membership->added_at = std::get<Membership>(stored).added_at;
  } else if (auto* assignment = std::get_if<Assignment>(&input.fact)) {
    assignment->assigned_at = std::get<Assignment>(stored).assigned_at;
  }
}

}  // namespace seatwise
