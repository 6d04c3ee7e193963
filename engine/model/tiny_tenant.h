// Facts in few words, for tests (testonly).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"

namespace seatwise::tiny {

// Ids with their kind.
inline Principal AUser(absl::string_view id) { return UserId(id); }
inline Principal AGroup(absl::string_view id) { return GroupId(id); }

inline PlanIdSet Plans(std::initializer_list<absl::string_view> ids) {
  PlanIdSet plans;
  for (absl::string_view id : ids) plans.insert(PlanId(id));
  return plans;
}

inline ServicePlan Plan(absl::string_view id, AppliesTo applies_to = AppliesTo::kUser) {
  return {.id = PlanId(id), .applies_to = applies_to};
}

inline Sku Product(absl::string_view id, std::initializer_list<absl::string_view> plans) {
  return {.id = SkuId(id), .plans = Plans(plans)};
}

inline PlanConflict Conflict(absl::string_view a, absl::string_view b) {
  return {PlanId(a), PlanId(b)};
}

inline PlanRequirement Requirement(absl::string_view plan,
                                   std::initializer_list<absl::string_view> any_of) {
  return {PlanId(plan), Plans(any_of)};
}

inline PlanProhibition Prohibition(absl::string_view plan, absl::string_view location) {
  return {PlanId(plan), Location::Parse(location).value_or(Location())};
}

inline Subscription Units(absl::string_view id, absl::string_view sku, int64_t units) {
  return {.id = SubscriptionId(id), .sku = SkuId(sku), .units = units};
}

inline User Person(absl::string_view id) { return {.id = UserId(id)}; }

inline Group Team(absl::string_view id) { return {.id = GroupId(id)}; }

inline Membership Member(absl::string_view group, Principal member, int64_t added_at = 0) {
  return {.group = GroupId(group), .member = std::move(member), .added_at = Time{added_at}};
}

inline Assignment Assigned(Principal principal, absl::string_view sku,
                           std::initializer_list<absl::string_view> disabled = {}) {
  return {.principal = std::move(principal), .sku = SkuId(sku), .disabled_plans = Plans(disabled)};
}

inline Observed Seen(absl::string_view user, absl::string_view sku) {
  return {.user = UserId(user), .sku = SkuId(sku)};
}

// Some of everything, sorted by key, and nothing odd about it: staff (ana, and bob through board)
// has SKU e3 without docs, bob has e1 himself.
inline Facts Tenant() {
  Facts facts;
  facts.settings.nested_groups = true;
  facts.plans = {Plan("docs"), Plan("fabric", AppliesTo::kCompany), Plan("kiosk"), Plan("mail")};
  facts.skus = {Product("e1", {"kiosk"}), Product("e3", {"docs", "mail"})};
  facts.conflicts = {Conflict("kiosk", "mail")};
  facts.requirements = {Requirement("mail", {"docs", "fabric"})};
  facts.prohibitions = {Prohibition("mail", "KP")};
  facts.subscriptions = {Units("s1", "e1", 5), Units("s3", "e3", 5)};
  facts.users = {Person("ana"), Person("bob")};
  facts.groups = {Team("board"), Team("staff")};
  facts.memberships = {Member("board", AUser("bob")), Member("staff", AUser("ana")),
                       Member("staff", AGroup("board"))};
  facts.assignments = {Assigned(AUser("bob"), "e1"), Assigned(AGroup("staff"), "e3", {"docs"})};
  facts.observed = {Seen("gone", "e3")};
  return facts;
}

}  // namespace seatwise::tiny
