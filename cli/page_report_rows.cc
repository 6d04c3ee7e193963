#include "cli/page_report_rows.h"

#include <cstdint>

#include "absl/strings/str_format.h"
#include "cli/money_text.h"
#include "cli/page_json.h"
#include "cli/plan_difference.h"
#include "cli/text.h"
#include "engine/model/ids.h"
#include "google/protobuf/repeated_field.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/license.pb.h"
#include "seatwise/v1/report.pb.h"

namespace seatwise::cli {
namespace {

using Ids = google::protobuf::RepeatedPtrField<std::string>;

constexpr int kMostPlansNamed = 3;

// A SKU by its name, and by its id for links.
void SetSku(PageObject& json, const std::string& id, const Names& names) {
  json["sku"] = names.Sku(SkuId(id));
  json["sku_id"] = Printable(id);
}

std::vector<std::string> GroupNames(const Ids& ids, const Names& names) {
  std::vector<std::string> list;
  for (const std::string& id : ids) list.push_back(names.Group(GroupId(id)));
  return list;
}

// How many plans there are as `key`, and as "key_plans" which, if they are few.
void SetPlans(PageObject& json, const std::string& key, const Ids& plans, const Names& names) {
  Set(json, key.c_str(), int64_t{plans.size()});
  if (plans.size() > kMostPlansNamed) return;
  std::vector<std::string> named;
  for (const std::string& plan : plans) named.push_back(names.Plan(PlanId(plan)));
  Set(json, (key + "_plans").c_str(), named);
}

// `json` once for each currency, with the costs of all seats and of a part of them.
std::vector<std::string> WithCosts(const PageObject& json, const v1::CostRow& row,
                                   const char* part_cost) {
  std::vector<std::string> rows;
  for (const std::string& currency : CurrenciesOf(row.costs())) {
    PageObject with = json;
    with["cost"] = MoneyText(AmountIn(row.costs(), currency), /*for_people=*/true);
    with[part_cost] = MoneyText(AmountIn(row.part_costs(), currency), /*for_people=*/true);
    Set(with, "currency", Printable(currency));
    rows.push_back(Dump(with));
  }
  return rows;
}

}  // namespace

std::vector<std::string> CostRows(const v1::CostRow& row, const Names& names) {
  PageObject json = PageObject::object();
  SetSku(json, row.sku_id(), names);
  json["seats"] = row.seats();
  Set(json, "unused", int64_t{row.part_seats()});
  Set(json, "unpriced", int64_t{row.unpriced_seats()});
  return WithCosts(json, row, "unused_cost");
}

std::vector<std::string> GroupCostRows(const v1::CostRow& row, const Names& names) {
  PageObject json = PageObject::object();
  if (row.has_group_id()) {
    json["group"] = names.Group(GroupId(row.group_id()));
    json["group_id"] = Printable(row.group_id());
  }
  json["seats"] = row.seats();
  Set(json, "sole", int64_t{row.part_seats()});
  return WithCosts(json, row, "sole_cost");
}

std::vector<std::string> AttributeCostRows(const v1::CostRow& row, const std::string& attribute) {
  PageObject json = {{"attribute", Printable(attribute)}};
  if (row.has_attribute_value()) json["value"] = Printable(row.attribute_value());
  json["seats"] = row.seats();
  std::vector<std::string> rows;
  for (const std::string& currency : CurrenciesOf(row.costs())) {
    PageObject with = json;
    with["cost"] = MoneyText(AmountIn(row.costs(), currency), /*for_people=*/true);
    Set(with, "currency", Printable(currency));
    rows.push_back(Dump(with));
  }
  return rows;
}

std::string ChangeRow(const v1::LicenseChangeGroup& row, const Names& names) {
  PageObject json = PageObject::object();
  SetSku(json, row.sku_id(), names);
  if (row.has_before()) json["before"] = Spelled(row.before(), "state");
  if (row.has_after()) json["after"] = Spelled(row.after(), "state");
  SetPlans(json, "gained",
           PlansWithout(row.after().enabled_plan_ids(), row.before().enabled_plan_ids()), names);
  SetPlans(json, "lost",
           PlansWithout(row.before().enabled_plan_ids(), row.after().enabled_plan_ids()), names);
  json["users"] = row.users();
  for (const std::string& id : row.sample_user_ids()) {
    json["sample"].push_back(UserObject(id, names));
  }
  return Dump(json);
}

std::string RenewalRow(const v1::Renewal& row, const Names& names) {
  const v1::Subscription& subscription = row.subscription();
  PageObject json = {{"id", Printable(subscription.subscription_id())}};
  SetSku(json, subscription.sku_id(), names);
  Set(json, "renews_at", Spelled(subscription, "renews_at"));
  json["status"] = Spelled(subscription, "status");
  json["units"] = subscription.units();
  json["consumed"] = row.consumed();
  Set(json, "losing", int64_t{row.losing_users()});
  if (row.has_cost()) {
    json["cost"] = MoneyText(row.cost().ten_thousandths(), /*for_people=*/true);
    Set(json, "currency", Printable(row.cost().currency()));
  }
  return Dump(json);
}

std::string ForecastRow(const v1::SeatForecast& row, const Names& names) {
  const v1::SeatUsage& seats = row.seats();
  PageObject json = PageObject::object();
  SetSku(json, seats.sku_id(), names);
  if (seats.unlimited_capacity()) {
    json["unlimited"] = true;
  } else {
    json["capacity"] = seats.capacity();
  }
  json["consumed"] = seats.consumed();
  Set(json, "waiting", int64_t{seats.waiting()});
  Set(json, "joined", int64_t{row.joined()});
  Set(json, "left", int64_t{row.left()});
  json["per_week"] = absl::StrFormat("%.1f", row.net_per_week());
  Set(json, "runs_out_at", Spelled(row, "runs_out_at"));
  Set(json, "full", row.has_runs_out_at() && seats.consumed() >= seats.capacity());
  return Dump(json);
}

std::string DoubleRow(const v1::DoubleAssignment& row, const Names& names) {
  PageObject json = UserObject(row.user_id(), names);
  SetSku(json, row.sku_id(), names);
  json["groups"] = GroupNames(row.group_ids(), names);
  json["state"] = Spelled(row, "state");
  Set(json, "granted", row.direct_granted());
  Set(json, "plans", int64_t{row.added_plan_ids_size()});
  std::vector<std::string> added;
  if (row.added_plan_ids_size() <= kMostPlansNamed) {
    for (const std::string& plan : row.added_plan_ids()) added.push_back(names.Plan(PlanId(plan)));
  }
  Set(json, "added", added);
  return Dump(json);
}

std::string RedundantRow(const v1::RedundantAssignment& row, const Names& names) {
  const bool is_group = row.principal().has_group_id();
  const std::string& id = is_group ? row.principal().group_id() : row.principal().user_id();
  PageObject json = {{"id", Printable(id)}};
  json["name"] = is_group ? names.Group(GroupId(id)) : names.User(UserId(id));
  Set(json, "group", is_group);
  SetSku(json, row.sku_id(), names);
  Set(json, "users", int64_t{row.users()});
  return Dump(json);
}

std::string OverlapRow(const v1::OverlappingSkus& row, const Names& names) {
  PageObject json = PageObject::object();
  SetSku(json, row.sku_id(), names);
  json["within"] = names.Sku(SkuId(row.within_sku_id()));
  json["within_id"] = Printable(row.within_sku_id());
  json["users"] = row.users();
  for (const std::string& id : row.sample_user_ids()) {
    json["sample"].push_back(UserObject(id, names));
  }
  return Dump(json);
}

std::string BlockedRow(const v1::BlockedOrGuestLicense& row, const Names& names) {
  PageObject json = UserObject(row.user_id(), names);
  json["kind"] = Spelled(row, "kind");
  Set(json, "guest", row.guest());
  SetSku(json, row.sku_id(), names);
  json["state"] = Spelled(row, "state");
  Set(json, "direct", row.direct());
  return Dump(json);
}

}  // namespace seatwise::cli
