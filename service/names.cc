// A name is cut at '/', then each segment at ';' where it may hold several ids, and only then are
// escapes resolved: an escaped '/' or ';' never cuts. The table of forms below is all that differs
// between kinds.
#include "service/names.h"

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "engine/model/location.h"
#include "engine/model/quoted.h"
#include "engine/model/spelling.h"
#include "service/errors.h"

namespace seatwise {
namespace {

using Segments = std::vector<absl::string_view>;

bool IsPlain(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         absl::StrContains("-._~!$&'()*+,=:@", absl::string_view(&c, 1));
}

absl::Status Bad(absl::string_view field, absl::string_view name, absl::string_view wanted) {
  if (name.empty()) return FieldRequiredError(field);
  return FieldError(v1::INVALID_RESOURCE_NAME, field,
                    absl::StrCat("is ", Quoted(name), ", which is not of the form ", wanted));
}

// Resolves the escapes of a segment; nullopt if one is broken.
std::optional<std::string> Unescape(absl::string_view segment) {
  std::string text;
  text.reserve(segment.size());
  for (size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '%') {
      text.push_back(segment[i]);
      continue;
    }
    if (i + 2 >= segment.size() ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(segment[i + 1])) ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(segment[i + 2]))) {
      return std::nullopt;
    }
    text += absl::HexStringToBytes(segment.substr(i + 1, 2));
    i += 2;
  }
  return text;
}

template <typename AnyId>
absl::StatusOr<AnyId> IdOf(absl::string_view segment) {
  SEATWISE_ASSIGN_OR_RETURN(std::string id, UnescapeId(segment));
  return AnyId(std::move(id));
}

// The ids of a segment that holds several.
absl::StatusOr<std::vector<PlanId>> PlanIdsOf(absl::string_view segment) {
  std::vector<PlanId> ids;
  for (absl::string_view part : absl::StrSplit(segment, ';')) {
    SEATWISE_ASSIGN_OR_RETURN(PlanId id, IdOf<PlanId>(part));
    ids.push_back(std::move(id));
  }
  return ids;
}

absl::Status Unfit() { return absl::InvalidArgumentError("not of this form"); }

// What the last segments of a name mean, by kind. The tenant's own segments are cut off.

absl::StatusOr<FactKey> ConflictOf(const Segments& s) {
  SEATWISE_ASSIGN_OR_RETURN(std::vector<PlanId> ids, PlanIdsOf(s[1]));
  if (ids.size() != 2) return Unfit();
  return Normalised(FactKey(PlanConflict{ids[0], ids[1]}));
}

absl::StatusOr<FactKey> RequirementOf(const Segments& s) {
  SEATWISE_ASSIGN_OR_RETURN(std::vector<PlanId> ids, PlanIdsOf(s[1]));
  if (ids.size() < 2) return Unfit();
  return PlanRequirement{ids[0], PlanIdSet(ids.begin() + 1, ids.end())};
}

absl::StatusOr<FactKey> ProhibitionOf(const Segments& s) {
  SEATWISE_ASSIGN_OR_RETURN(std::vector<PlanId> ids, PlanIdsOf(s[1]));
  const std::optional<Location> location =
      ids.size() == 2 ? Location::Parse(ids[1].value()) : std::nullopt;
  if (!location) return Unfit();
  return PlanProhibition{ids[0], *location};
}

absl::StatusOr<FactKey> MembershipOf(const Segments& s) {
  SEATWISE_ASSIGN_OR_RETURN(GroupId group, IdOf<GroupId>(s[1]));
  absl::string_view member = s[3];
  if (absl::ConsumePrefix(&member, "user:")) {
    SEATWISE_ASSIGN_OR_RETURN(UserId user, IdOf<UserId>(member));
    return MembershipKey{std::move(group), std::move(user)};
  }
  if (!absl::ConsumePrefix(&member, "group:")) return Unfit();
  SEATWISE_ASSIGN_OR_RETURN(GroupId inner, IdOf<GroupId>(member));
  return MembershipKey{std::move(group), std::move(inner)};
}

template <typename PrincipalId>
absl::StatusOr<FactKey> AssignmentOf(const Segments& s) {
  SEATWISE_ASSIGN_OR_RETURN(PrincipalId principal, IdOf<PrincipalId>(s[1]));
  SEATWISE_ASSIGN_OR_RETURN(SkuId sku, IdOf<SkuId>(s[3]));
  return AssignmentKey{std::move(principal), std::move(sku)};
}

absl::StatusOr<FactKey> ObservedOf(const Segments& s) {
  SEATWISE_ASSIGN_OR_RETURN(UserId user, IdOf<UserId>(s[1]));
  SEATWISE_ASSIGN_OR_RETURN(SkuId sku, IdOf<SkuId>(s[3]));
  return ObservedKey{std::move(user), std::move(sku)};
}

template <typename AnyId>
absl::StatusOr<FactKey> PlainOf(const Segments& s) {
  SEATWISE_ASSIGN_OR_RETURN(AnyId id, IdOf<AnyId>(s[1]));
  return id;
}

struct Form {
  FactKind kind;
  absl::string_view collection;
  absl::string_view within;  // The second collection, or empty.
  absl::StatusOr<FactKey> (*key)(const Segments&);
  absl::string_view rest;  // For people: what follows tenants/{tenant}.
};

constexpr Form kForms[] = {
    {FactKind::kServicePlan, "servicePlans", "", &PlainOf<PlanId>, "/servicePlans/{service_plan}"},
    {FactKind::kSku, "skus", "", &PlainOf<SkuId>, "/skus/{sku}"},
    {FactKind::kPlanConflict, "planConflicts", "", &ConflictOf, "/planConflicts/{a};{b}"},
    {FactKind::kPlanRequirement, "planRequirements", "", &RequirementOf,
     "/planRequirements/{plan};{any_of};..."},
    {FactKind::kPlanProhibition, "planProhibitions", "", &ProhibitionOf,
     "/planProhibitions/{plan};{location}"},
    {FactKind::kSubscription, "subscriptions", "", &PlainOf<SubscriptionId>,
     "/subscriptions/{subscription}"},
    {FactKind::kUser, "users", "", &PlainOf<UserId>, "/users/{user}"},
    {FactKind::kGroup, "groups", "", &PlainOf<GroupId>, "/groups/{group}"},
    {FactKind::kMembership, "groups", "members", &MembershipOf,
     "/groups/{group}/members/user:{user} (or group:{group})"},
    {FactKind::kAssignment, "groups", "assignments", &AssignmentOf<GroupId>,
     "/groups/{group}/assignments/{sku} (or /users/{user}/...)"},
    {FactKind::kAssignment, "users", "assignments", &AssignmentOf<UserId>,
     "/users/{user}/assignments/{sku}"},
    {FactKind::kObserved, "users", "observedLicenses", &ObservedOf,
     "/users/{user}/observedLicenses/{sku}"},
};

bool Fits(const Form& form, const Segments& segments) {
  if (segments[0] != form.collection) return false;
  if (form.within.empty()) return segments.size() == 2;
  return segments.size() == 4 && segments[2] == form.within;
}

std::string Wanted(FactKind kind) {
  for (const Form& form : kForms) {
    if (form.kind == kind) return absl::StrCat("tenants/{tenant}", form.rest);
  }
  return "tenants/{tenant}";
}

// The tenant's id, and what follows it.
struct Cut {
  std::string tenant;
  Segments rest;
};

std::optional<Cut> CutTenant(absl::string_view name) {
  Segments segments = absl::StrSplit(name, '/');
  if (segments.size() < 2 || segments[0] != "tenants") return std::nullopt;
  absl::StatusOr<std::string> tenant = UnescapeId(segments[1]);
  if (!tenant.ok()) return std::nullopt;
  return Cut{*std::move(tenant), Segments(segments.begin() + 2, segments.end())};
}

std::optional<FactName> TryParse(absl::string_view name) {
  std::optional<Cut> cut = CutTenant(name);
  if (!cut) return std::nullopt;
  if (cut->rest.empty()) return FactName{std::move(cut->tenant), TenantSettingsKey()};
  if (cut->rest.size() % 2 != 0) return std::nullopt;
  for (const Form& form : kForms) {
    if (!Fits(form, cut->rest)) continue;
    absl::StatusOr<FactKey> key = form.key(cut->rest);
    if (!key.ok()) return std::nullopt;
    return FactName{std::move(cut->tenant), *std::move(key)};
  }
  return std::nullopt;
}

struct Namer {
  std::string tenant;  // "tenants/contoso"

  template <typename... Parts>
  std::string Join(const Parts&... parts) const {
    return absl::StrCat(tenant, "/", parts...);
  }

  std::string operator()(const TenantSettingsKey&) const { return tenant; }
  std::string operator()(const PlanId& id) const {
    return Join("servicePlans/", EscapeId(id.value()));
  }
  std::string operator()(const SkuId& id) const { return Join("skus/", EscapeId(id.value())); }
  std::string operator()(const PlanConflict& key) const {
    return Join("planConflicts/", EscapeId(key.a.value()), ";", EscapeId(key.b.value()));
  }
  std::string operator()(const PlanRequirement& key) const {
    std::string name = Join("planRequirements/", EscapeId(key.plan.value()));
    for (const PlanId& id : key.any_of) absl::StrAppend(&name, ";", EscapeId(id.value()));
    return name;
  }
  std::string operator()(const PlanProhibition& key) const {
    return Join("planProhibitions/", EscapeId(key.plan.value()), ";", key.location.ToString());
  }
  std::string operator()(const SubscriptionId& id) const {
    return Join("subscriptions/", EscapeId(id.value()));
  }
  std::string operator()(const UserId& id) const { return Join("users/", EscapeId(id.value())); }
  std::string operator()(const GroupId& id) const { return Join("groups/", EscapeId(id.value())); }
  std::string operator()(const MembershipKey& key) const {
    return absl::StrCat((*this)(key.group), "/members/", IsDirect(key.member) ? "user:" : "group:",
                        EscapeId(PrincipalIdValue(key.member)));
  }
  std::string operator()(const AssignmentKey& key) const {
    return absl::StrCat(std::visit(*this, key.principal), "/assignments/",
                        EscapeId(key.sku.value()));
  }
  std::string operator()(const ObservedKey& key) const {
    return absl::StrCat((*this)(key.user), "/observedLicenses/", EscapeId(key.sku.value()));
  }
};

}  // namespace

std::string EscapeId(absl::string_view id) {
  if (id == "-") return "%2D";
  std::string segment;
  segment.reserve(id.size());
  for (char c : id) {
    if (IsPlain(c)) {
      segment.push_back(c);
    } else {
      absl::StrAppend(&segment, "%",
                      absl::AsciiStrToUpper(absl::BytesToHexString(absl::string_view(&c, 1))));
    }
  }
  return segment;
}

absl::StatusOr<std::string> UnescapeId(absl::string_view segment) {
  std::optional<std::string> id = Unescape(segment);
  if (!id || segment == "-") return Unfit();
  const std::string problem = CheckId(*id);
  if (!problem.empty()) return absl::InvalidArgumentError(problem);
  return *std::move(id);
}

std::string TenantName(absl::string_view tenant) {
  return absl::StrCat("tenants/", EscapeId(tenant));
}

std::string ChildName(absl::string_view tenant, absl::string_view collection,
                      absl::string_view id) {
  return absl::StrCat(TenantName(tenant), "/", collection, "/", EscapeId(id));
}

std::string NameOf(absl::string_view tenant, const FactKey& key) {
  return std::visit(Namer{TenantName(tenant)}, key);
}

std::string NameOf(absl::string_view tenant, const Principal& principal) {
  return std::visit(Namer{TenantName(tenant)}, principal);
}

absl::StatusOr<std::string> ParseTenantName(absl::string_view name, absl::string_view field) {
  std::optional<Cut> cut = CutTenant(name);
  if (!cut || !cut->rest.empty()) return Bad(field, name, "tenants/{tenant}");
  return std::move(cut->tenant);
}

absl::StatusOr<ChildId> ParseChildName(absl::string_view name, absl::string_view collection,
                                       absl::string_view field) {
  std::optional<Cut> cut = CutTenant(name);
  if (cut && cut->rest.size() == 2 && cut->rest[0] == collection) {
    absl::StatusOr<std::string> id = UnescapeId(cut->rest[1]);
    if (id.ok()) return ChildId{std::move(cut->tenant), *std::move(id)};
  }
  return Bad(field, name, absl::StrCat("tenants/{tenant}/", collection, "/{id}"));
}

absl::StatusOr<FactName> ParseFactName(absl::string_view name, absl::string_view field) {
  std::optional<FactName> parsed = TryParse(name);
  if (!parsed) return Bad(field, name, "tenants/{tenant}/{collection}/{id}...");
  return *std::move(parsed);
}

absl::StatusOr<FactName> ParseFactName(absl::string_view name, FactKind kind,
                                       absl::string_view field) {
  std::optional<FactName> parsed = TryParse(name);
  if (!parsed || KindOf(parsed->key) != kind) return Bad(field, name, Wanted(kind));
  return *std::move(parsed);
}

absl::StatusOr<PrincipalName> ParsePrincipalName(absl::string_view name, absl::string_view field) {
  std::optional<FactName> parsed = TryParse(name);
  if (parsed) {
    if (auto* user = std::get_if<UserId>(&parsed->key)) {
      return PrincipalName{std::move(parsed->tenant), std::move(*user)};
    }
    if (auto* group = std::get_if<GroupId>(&parsed->key)) {
      return PrincipalName{std::move(parsed->tenant), std::move(*group)};
    }
  }
  return Bad(field, name, "tenants/{tenant}/users/{user} or tenants/{tenant}/groups/{group}");
}

UserNameView SplitPlainUserName(absl::string_view name) {
  constexpr absl::string_view kUsers = "/users/";
  if (absl::StrContains(name, '%') || !absl::ConsumePrefix(&name, "tenants/")) return {};
  const size_t slash = name.find('/');
  if (slash == absl::string_view::npos || !absl::StartsWith(name.substr(slash), kUsers)) return {};
  const absl::string_view user = name.substr(slash + kUsers.size());
  if (absl::StrContains(user, '/') || user == "-") return {};
  return {name.substr(0, slash), user};
}

}  // namespace seatwise
