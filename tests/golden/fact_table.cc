#include "tests/golden/fact_table.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/model/limits.h"

namespace seatwise::golden {
namespace {

template <typename Row>
auto KeyOf(const Row& row) {
  return row.id;
}
auto KeyOf(const PlanConflict& row) { return std::tie(row.a, row.b); }
auto KeyOf(const PlanRequirement& row) { return std::tie(row.plan, row.any_of); }
auto KeyOf(const PlanProhibition& row) { return std::tie(row.plan, row.location); }
auto KeyOf(const Membership& row) { return std::tie(row.group, row.member); }
auto KeyOf(const Assignment& row) { return std::tie(row.principal, row.sku); }
auto KeyOf(const Observed& row) { return std::tie(row.user, row.sku); }

template <typename Row>
auto Find(std::vector<Row>& rows, const Row& row) {
  return std::find_if(rows.begin(), rows.end(),
                      [&](const Row& other) { return KeyOf(other) == KeyOf(row); });
}

template <typename Row, typename AnyId>
bool Has(std::vector<Row>& rows, const AnyId& id) {
  return Find(rows, Row{.id = id}) != rows.end();
}

template <typename Row>
void Change(std::vector<Row>& rows, const Row& row, Edit edit, Words& words) {
  words.End();
  const auto place = Find(rows, row);
  const bool exists = place != rows.end();
  if (edit == Edit::kAdd && exists) words.Fail("this exists already: ~ changes it");
  if (edit != Edit::kAdd && !exists) words.Fail("this does not exist");
  if (!words.error().empty()) return;
  if (edit == Edit::kAdd) {
    rows.push_back(row);
  } else if (edit == Edit::kReplace) {
    *place = row;
  } else {
    rows.erase(place);
  }
}

template <typename Rows, typename Condition>
bool AnyOf(const Rows& rows, Condition condition) {
  return std::any_of(rows.begin(), rows.end(), condition);
}

Location LocationOf(absl::string_view text, Words& words) {
  const std::optional<Location> location = Location::Parse(text);
  if (!location.has_value()) words.Fail(absl::StrCat("'", text, "' is not two letters A-Z"));
  return location.value_or(Location());
}

int64_t Units(absl::string_view text, Words& words) { return words.Number(text, 0, kMaxUnits); }

}  // namespace

void FactTable::Apply(Edit edit, Words& words) {
  using Reader = void (FactTable::*)(Edit, Words&);
  static const auto* readers = new std::map<std::string, Reader>{
      {"tenant", &FactTable::ReadTenant},
      {"plan", &FactTable::ReadPlan},
      {"sku", &FactTable::ReadSku},
      {"subscription", &FactTable::ReadSubscription},
      {"conflict", &FactTable::ReadConflict},
      {"require", &FactTable::ReadRequirement},
      {"prohibit", &FactTable::ReadProhibition},
      {"user", &FactTable::ReadUser},
      {"group", &FactTable::ReadGroup},
      {"observed", &FactTable::ReadObserved},
  };
  const std::string first = words.Next("a fact");
  if (const auto reader = readers->find(first); reader != readers->end()) {
    return (this->*reader->second)(edit, words);
  }
  ReadWish(edit, NextUser(edit, first), words);
}

void FactTable::ReadTenant(Edit edit, Words& words) {
  if (edit == Edit::kRemove) return words.Fail("the tenant cannot be removed");
  TenantSettings settings;
  while (!words.AtEnd()) {
    if (words.Skip("atomic")) {
      settings.assignment_mode = AssignmentMode::kGroupAtomic;
    } else if (words.Skip("nested")) {
      settings.nested_groups = true;
    } else if (const auto location = words.SkipPrefix("location=")) {
      settings.default_usage_location = LocationOf(*location, words);
    } else if (const auto days = words.SkipPrefix("retention=")) {
      settings.retention_days = static_cast<int32_t>(words.Number(*days, 0, kMaxRetentionDays));
    } else {
      words.End();
    }
  }
  facts_.settings = settings;
}

void FactTable::ReadPlan(Edit edit, Words& words) {
  ServicePlan plan{.id = PlanId(words.Next("a plan"))};
  while (edit != Edit::kRemove && !words.AtEnd()) {
    if (words.Skip("company")) {
      plan.applies_to = AppliesTo::kCompany;
    } else if (words.Skip("unique")) {
      plan.unique_address = true;
    } else if (words.Skip("retains")) {
      plan.retains_data = true;
    } else {
      words.End();
    }
  }
  if (edit == Edit::kRemove && IsUsed(plan.id)) words.Fail("other facts name this plan");
  Change(facts_.plans, plan, edit, words);
}

bool FactTable::IsUsed(const PlanId& plan) const {
  return AnyOf(facts_.skus, [&](const Sku& sku) { return sku.plans.contains(plan); }) ||
         AnyOf(facts_.conflicts, [&](const auto& c) { return c.a == plan || c.b == plan; }) ||
         AnyOf(facts_.requirements,
               [&](const auto& r) { return r.plan == plan || r.any_of.contains(plan); }) ||
         AnyOf(facts_.prohibitions, [&](const auto& p) { return p.plan == plan; }) ||
         AnyOf(facts_.assignments, [&](const auto& a) { return a.disabled_plans.contains(plan); });
}

void FactTable::ReadSku(Edit edit, Words& words) {
  Sku sku{.id = SkuId(words.Next("a SKU"))};
  std::optional<int64_t> seats;
  while (edit != Edit::kRemove && !words.AtEnd()) {
    if (const auto units = words.SkipPrefix("seats=")) {
      seats = Units(*units, words);
    } else if (const auto plans = words.SkipPrefix("plans=")) {
      for (const std::string& plan : SplitOutsideBrackets(*plans, ',')) {
        if (!Has(facts_.plans, PlanId(plan))) facts_.plans.push_back({.id = PlanId(plan)});
        sku.plans.insert(PlanId(plan));
      }
    } else if (words.Skip("overage=unlimited")) {
      sku.overage_units = kUnlimited;
    } else if (const auto overage = words.SkipPrefix("overage=")) {
      sku.overage_units = Units(*overage, words);
    } else {
      words.End();
    }
  }
  std::erase_if(facts_.subscriptions, [&](const Subscription& s) {
    return s.id.value() == sku.id.value() && s.sku == sku.id;
  });
  if (edit == Edit::kRemove) RemoveSku(sku, words);
  Change(facts_.skus, sku, edit, words);
  if (seats.has_value()) ReadSeats(sku, *seats);
}

// `seats=` is a subscription with the id of the SKU.
void FactTable::ReadSeats(const Sku& sku, int64_t units) {
  facts_.subscriptions.push_back(
      {.id = SubscriptionId(sku.id.value()), .sku = sku.id, .units = units});
}

void FactTable::RemoveSku(const Sku& sku, Words& words) {
  const auto names_it = [&](const auto& row) { return row.sku == sku.id; };
  if (AnyOf(facts_.assignments, names_it)) words.Fail("assignments name this SKU");
  if (AnyOf(facts_.subscriptions, names_it)) words.Fail("subscriptions name this SKU");
}

void FactTable::ReadSubscription(Edit edit, Words& words) {
  static const auto* statuses = new std::map<std::string, SubscriptionStatus>{
      {"enabled", SubscriptionStatus::kEnabled},      {"warning", SubscriptionStatus::kWarning},
      {"suspended", SubscriptionStatus::kSuspended},  {"deleted", SubscriptionStatus::kDeleted},
      {"locked_out", SubscriptionStatus::kLockedOut},
  };
  Subscription subscription{.id = SubscriptionId(words.Next("a subscription"))};
  if (edit != Edit::kRemove) {
    if (!words.Skip("of")) words.Fail("'of SKU' is missing");
    subscription.sku = NextSku(words);
    const auto units = words.SkipPrefix("units=");
    if (!units.has_value()) return words.Fail("'units=' is missing");
    subscription.units = Units(*units, words);
    subscription.self_service = words.Skip("self_service");
    if (!words.AtEnd()) {
      const std::string status = words.Next("a status");
      if (!statuses->contains(status)) return words.Fail(absl::StrCat("no status: ", status));
      subscription.status = statuses->at(status);
    }
  }
  Change(facts_.subscriptions, subscription, edit, words);
}

void FactTable::ReadConflict(Edit edit, Words& words) {
  const PlanId a = NextPlan(words);
  const PlanId b = NextPlan(words);
  if (a == b) words.Fail("a plan cannot conflict with itself");
  Change(facts_.conflicts, PlanConflict{std::min(a, b), std::max(a, b)}, edit, words);
}

void FactTable::ReadRequirement(Edit edit, Words& words) {
  const PlanId plan = NextPlan(words);
  const PlanIdSet any_of = Plans(words.Next("the plans it requires one of"), words);
  Change(facts_.requirements, PlanRequirement{plan, any_of}, edit, words);
}

void FactTable::ReadProhibition(Edit edit, Words& words) {
  const PlanId plan = NextPlan(words);
  const Location location = LocationOf(words.Next("a location"), words);
  Change(facts_.prohibitions, PlanProhibition{plan, location}, edit, words);
}

void FactTable::ReadUser(Edit edit, Words& words) {
  User user{.id = UserId(words.Next("a user"))};
  while (edit != Edit::kRemove && !words.AtEnd()) {
    if (const auto location = words.SkipPrefix("location=")) {
      user.usage_location = LocationOf(*location, words);
    } else if (const auto created = words.SkipPrefix("created=")) {
      user.created_at = words.TimeOf(*created);
    } else if (const auto addresses = words.SkipPrefix("addresses=")) {
      for (std::string& address : SplitOutsideBrackets(*addresses, ',')) {
        user.proxy_addresses.insert(std::move(address));
      }
    } else if (words.Skip("blocked")) {
      user.account_enabled = false;
    } else if (words.Skip("guest")) {
      user.user_type = UserType::kGuest;
    } else {
      words.End();
    }
  }
  if (edit == Edit::kRemove) RemoveUser(user, words);
  Change(facts_.users, user, edit, words);
}

// Its memberships and direct assignments go with it (section 1).
void FactTable::RemoveUser(const User& user, Words& words) {
  if (!words.error().empty()) return;
  RemoveMemberships(user.id);
  std::erase_if(facts_.assignments,
                [&](const Assignment& a) { return a.principal == Principal(user.id); });
}

void FactTable::RemoveMemberships(const Principal& member) {
  std::erase_if(facts_.memberships, [&](const Membership& m) {
    return m.member == member || Principal(m.group) == member;
  });
}

void FactTable::ReadGroup(Edit edit, Words& words) {
  const Group group{.id = GroupId(words.Next("a group"))};
  if (group.id.value() == "direct") return words.Fail("no group is named 'direct'");
  if (!words.AtEnd()) {
    if (edit == Edit::kAdd && !Has(facts_.groups, group.id)) facts_.groups.push_back(group);
    return ReadWish(edit, group.id, words);
  }
  if (edit == Edit::kRemove) RemoveGroup(group, words);
  Change(facts_.groups, group, edit, words);
}

// Its memberships go with it on both sides (section 1).
void FactTable::RemoveGroup(const Group& group, Words& words) {
  const Principal principal = group.id;
  if (AnyOf(facts_.assignments, [&](const auto& a) { return a.principal == principal; })) {
    return words.Fail("the group has assignments");
  }
  RemoveMemberships(principal);
}

// May name users, SKUs and plans that do not exist.
void FactTable::ReadObserved(Edit edit, Words& words) {
  Observed observed{.user = UserId(words.Next("a user"))};
  observed.sku = SkuId(words.Next("a SKU"));
  if (words.Skip("without")) {
    for (const std::string& plan : SplitOutsideBrackets(words.Next("plans"), ',')) {
      observed.disabled_plans.insert(PlanId(plan));
    }
  }
  Change(facts_.observed, observed, edit, words);
}

void FactTable::ReadWish(Edit edit, const Principal& principal, Words& words) {
  if (words.Skip("->")) return ReadAssignment(edit, principal, words);
  if (words.Skip("in")) return ReadMembership(edit, principal, words);
  words.End();
  words.Fail("'-> SKU' or 'in GROUP' is missing");
}

void FactTable::ReadAssignment(Edit edit, const Principal& principal, Words& words) {
  Assignment assignment{.principal = principal, .sku = NextSku(words)};
  while (edit != Edit::kRemove && !words.AtEnd()) {
    if (words.Skip("priority")) {
      using Limits = std::numeric_limits<int32_t>;
      assignment.priority = static_cast<int32_t>(
          words.Number(words.Next("a priority"), Limits::min(), Limits::max()));
    } else if (words.Skip("without")) {
      assignment.disabled_plans = Plans(words.Next("the plans that are disabled"), words);
    } else if (const auto at = words.SkipPrefix("@")) {
      assignment.assigned_at = words.TimeOf(*at);
    } else {
      words.End();
    }
  }
  Change(facts_.assignments, assignment, edit, words);
}

void FactTable::ReadMembership(Edit edit, const Principal& member, Words& words) {
  Membership membership{.group = NextGroup(words), .member = member};
  if (const auto at = words.SkipPrefix("@")) membership.added_at = words.TimeOf(*at);
  Change(facts_.memberships, membership, edit, words);
}

PlanId FactTable::NextPlan(Words& words) {
  const PlanId plan(words.Next("a plan"));
  if (!Has(facts_.plans, plan)) words.Fail(absl::StrCat("no plan '", plan.value(), "' so far"));
  return plan;
}

PlanIdSet FactTable::Plans(absl::string_view list, Words& words) {
  PlanIdSet plans;
  for (const std::string& name : SplitOutsideBrackets(list, ',')) {
    if (!Has(facts_.plans, PlanId(name))) words.Fail(absl::StrCat("no plan '", name, "' so far"));
    plans.insert(PlanId(name));
  }
  return plans;
}

SkuId FactTable::NextSku(Words& words) {
  const SkuId sku(words.Next("a SKU"));
  if (!Has(facts_.skus, sku)) words.Fail(absl::StrCat("no SKU '", sku.value(), "' so far"));
  return sku;
}

GroupId FactTable::NextGroup(Words& words) {
  const GroupId group(words.Next("a group"));
  if (!Has(facts_.groups, group)) words.Fail(absl::StrCat("no group '", group.value(), "' so far"));
  return group;
}

UserId FactTable::NextUser(Edit edit, absl::string_view name) {
  const UserId user(name);
  if (edit == Edit::kAdd && !Has(facts_.users, user)) facts_.users.push_back({.id = user});
  return user;
}

}  // namespace seatwise::golden
