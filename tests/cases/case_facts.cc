#include "tests/cases/case_facts.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/check.h"
#include "base/time.h"
#include "tests/cases/csv.h"
#include "tests/cases/files.h"

namespace seatwise::cases {
namespace {

// The cell of a column; "" for a column that is missing, as for an empty cell.
std::string Cell(const Row& row, const std::string& column) {
  const auto it = row.find(column);
  return it == row.end() ? "" : it->second;
}

std::vector<std::string> List(const Row& row, const std::string& column) {
  const std::string cell = Cell(row, column);
  if (cell.empty()) return {};
  return absl::StrSplit(cell, ';');
}

PlanIdSet Plans(const Row& row, const std::string& column) {
  PlanIdSet plans;
  for (const std::string& plan : List(row, column)) plans.insert(PlanId(plan));
  return plans;
}

bool ToBool(const std::string& text, bool otherwise) {
  if (text.empty()) return otherwise;
  SEATWISE_CHECK(text == "true" || text == "false") << text;
  return text == "true";
}

int64_t ToInteger(const std::string& text) {
  int64_t number = 0;
  SEATWISE_CHECK(text.empty() || absl::SimpleAtoi(text, &number)) << text;
  return number;
}

Location ToLocation(const std::string& text) {
  if (text.empty()) return {};
  const std::optional<Location> location = Location::Parse(text);
  SEATWISE_CHECK(location.has_value()) << text;
  return *location;
}

Time ToTime(const std::string& text) {
  if (text.empty()) return {};
  const std::optional<Time> time = ParseTime(text);
  SEATWISE_CHECK(time.has_value()) << text;
  return *time;
}

Principal ToPrincipal(const std::string& type, const std::string& id) {
  SEATWISE_CHECK(type == "user" || type == "group") << type;
  if (type == "user") return UserId(id);
  return GroupId(id);
}

SubscriptionStatus ToStatus(const std::string& text) {
  static const std::map<std::string, SubscriptionStatus> kStatuses = {
      {"", SubscriptionStatus::kEnabled},
      {"Enabled", SubscriptionStatus::kEnabled},
      {"Warning", SubscriptionStatus::kWarning},
      {"Suspended", SubscriptionStatus::kSuspended},
      {"LockedOut", SubscriptionStatus::kLockedOut},
      {"Deleted", SubscriptionStatus::kDeleted},
  };
  return kStatuses.at(text);
}

TenantSettings ReadSettings(const std::string& folder) {
  const std::string json = ReadWholeFile(folder + "/tenant.json");
  TenantSettings settings;
  if (JsonValue(json, "assignment_mode") == "GROUP_ATOMIC") {
    settings.assignment_mode = AssignmentMode::kGroupAtomic;
  }
  settings.nested_groups = ToBool(JsonValue(json, "nested_groups"), false);
  settings.default_usage_location = ToLocation(JsonValue(json, "default_usage_location"));
  const std::string days = JsonValue(json, "retention_days");
  if (!days.empty()) settings.retention_days = static_cast<int32_t>(ToInteger(days));
  return settings;
}

void ReadCatalog(const std::string& folder, Facts& facts) {
  for (const Row& row : ReadCsvFile(folder + "/service_plans.csv")) {
    ServicePlan& plan = facts.plans.emplace_back();
    plan.id = PlanId(Cell(row, "plan_id"));
    if (Cell(row, "applies_to") == "Company") plan.applies_to = AppliesTo::kCompany;
    plan.unique_address = ToBool(Cell(row, "unique_address"), false);
    plan.retains_data = ToBool(Cell(row, "retains_data"), false);
  }
  for (const Row& row : ReadCsvFile(folder + "/skus.csv")) {
    Sku& sku = facts.skus.emplace_back();
    sku.id = SkuId(Cell(row, "sku_id"));
    const std::string overage = Cell(row, "overage_units");
    sku.overage_units = overage == "unlimited" ? kUnlimited : ToInteger(overage);
  }
  for (const Row& row : ReadCsvFile(folder + "/sku_plans.csv")) {
    for (Sku& sku : facts.skus) {
      if (sku.id.value() == Cell(row, "sku_id")) sku.plans.insert(PlanId(Cell(row, "plan_id")));
    }
  }
  for (const Row& row : ReadCsvFile(folder + "/subscriptions.csv")) {
    Subscription& subscription = facts.subscriptions.emplace_back();
    subscription.id = SubscriptionId(Cell(row, "subscription_id"));
    subscription.sku = SkuId(Cell(row, "sku_id"));
    subscription.units = ToInteger(Cell(row, "units"));
    subscription.status = ToStatus(Cell(row, "status"));
    subscription.self_service = ToBool(Cell(row, "self_service"), false);
  }
}

void ReadRelations(const std::string& folder, Facts& facts) {
  for (const Row& row : ReadCsvFile(folder + "/plan_conflicts.csv")) {
    const PlanId a(Cell(row, "plan_id"));
    const PlanId b(Cell(row, "conflicts_with_plan_id"));
    const PlanConflict conflict = {std::min(a, b), std::max(a, b)};
    // (q, p) after (p, q) is the same fact.
    const auto& all = facts.conflicts;
    if (std::find(all.begin(), all.end(), conflict) == all.end()) {
      facts.conflicts.push_back(conflict);
    }
  }
  for (const Row& row : ReadCsvFile(folder + "/plan_requirements.csv")) {
    facts.requirements.push_back({PlanId(Cell(row, "plan_id")), Plans(row, "requires_any_of")});
  }
  for (const Row& row : ReadCsvFile(folder + "/plan_prohibited_locations.csv")) {
    facts.prohibitions.push_back({PlanId(Cell(row, "plan_id")), ToLocation(Cell(row, "location"))});
  }
}

User ToUser(const Row& row) {
  User user;
  user.id = UserId(Cell(row, "user_id"));
  user.usage_location = ToLocation(Cell(row, "usage_location"));
  user.account_enabled = ToBool(Cell(row, "account_enabled"), true);
  if (Cell(row, "user_type") == "Guest") user.user_type = UserType::kGuest;
  user.created_at = ToTime(Cell(row, "created_at"));
  for (const std::string& address : List(row, "proxy_addresses")) {
    user.proxy_addresses.insert(address);
  }
  return user;
}

void ReadPeople(const std::string& folder, Facts& facts) {
  for (const Row& row : ReadCsvFile(folder + "/users.csv")) facts.users.push_back(ToUser(row));
  for (const Row& row : ReadCsvFile(folder + "/groups.csv")) {
    facts.groups.emplace_back().id = GroupId(Cell(row, "group_id"));
  }
  for (const Row& row : ReadCsvFile(folder + "/members.csv")) {
    facts.memberships.push_back({GroupId(Cell(row, "group_id")),
                                 ToPrincipal(Cell(row, "member_type"), Cell(row, "member_id")),
                                 ToTime(Cell(row, "added_at"))});
  }
}

void ReadWishes(const std::string& folder, Facts& facts) {
  for (const Row& row : ReadCsvFile(folder + "/assignments.csv")) {
    facts.assignments.push_back(
        {ToPrincipal(Cell(row, "principal_type"), Cell(row, "principal_id")),
         SkuId(Cell(row, "sku_id")), Plans(row, "disabled_plans"),
         static_cast<int32_t>(ToInteger(Cell(row, "priority"))), ToTime(Cell(row, "assigned_at"))});
  }
  for (const Row& row : ReadCsvFile(folder + "/observed.csv")) {
    facts.observed.push_back(
        {UserId(Cell(row, "user_id")), SkuId(Cell(row, "sku_id")), Plans(row, "disabled_plans")});
  }
}

}  // namespace

std::string JsonValue(absl::string_view json, absl::string_view key) {
  const size_t found = json.find(absl::StrCat("\"", key, "\""));
  if (found == absl::string_view::npos) return "";
  const size_t begin = json.find_first_not_of(" \t\r\n:", found + key.size() + 2);
  const size_t end = json.find_first_of(",}\r\n ", begin);
  absl::string_view value = json.substr(begin, end - begin);
  if (absl::ConsumePrefix(&value, "\"")) absl::ConsumeSuffix(&value, "\"");
  return std::string(value);
}

Facts ReadCaseFacts(const std::string& folder) {
  Facts facts;
  facts.settings = ReadSettings(folder);
  ReadCatalog(folder, facts);
  ReadRelations(folder, facts);
  ReadPeople(folder, facts);
  ReadWishes(folder, facts);
  return facts;
}

}  // namespace seatwise::cases
