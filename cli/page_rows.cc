#include "cli/page_rows.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/cause_text.h"
#include "cli/field_value.h"
#include "cli/fix_text.h"
#include "cli/message_names.h"
#include "cli/page_json.h"
#include "cli/text.h"
#include "cli/violation_message.h"
#include "cli/violation_text.h"
#include "seatwise/v1/explain_service.pb.h"
#include "seatwise/v1/report_service.pb.h"
#include "seatwise/v1/tenant_service.pb.h"

namespace seatwise::cli {
namespace {

using Json = PageObject;

constexpr size_t kMostColumns = 200;  // Of the tenant's name, without which there is no page.

Json SubscriptionJson(const v1::Subscription& subscription) {
  Json json = {{"id", Printable(subscription.subscription_id())},
               {"units", subscription.units()},
               {"status", Spelled(subscription, "status")}};
  Set(json, "self_service", subscription.self_service());
  Set(json, "price", Spelled(subscription, "unit_price"));
  Set(json, "currency", Printable(subscription.currency()));
  Set(json, "renews_at", Spelled(subscription, "renews_at"));
  return json;
}

std::vector<std::string> CodesOf(const v1::ClaimItem& item) {
  std::vector<std::string> codes;
  for (const int code : item.codes()) {
    codes.push_back(EnumWordOf(*v1::ViolationCode_descriptor(), code));
  }
  return codes;
}

std::vector<std::string> LinesOf(const v1::SourceExplanation& source, const Names& names) {
  std::vector<std::string> lines;
  for (const v1::Violation& message : source.item().violations()) {
    const absl::StatusOr<Violation> violation = ViolationFrom(message);
    if (!violation.ok()) {
      lines.push_back(Printable(violation.status().message()));
      continue;
    }
    for (std::string& line : ViolationLines(*violation, names, source.queue().waiting())) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

Json SourceJson(const v1::SourceExplanation& source, const Names& names) {
  Json json = Json::object();
  std::vector<std::string> way;
  for (const std::string& group : source.path_group_ids()) {
    way.push_back(names.Group(GroupId(group)));
  }
  Set(json, "way", way);
  Set(json, "granted", source.item().granted());
  json["plans"] = source.plan_ids_size();
  Set(json, "without", int64_t{source.disabled_plan_ids_size()});
  Set(json, "codes", CodesOf(source.item()));
  Set(json, "lines", LinesOf(source, names));
  return json;
}

Json LicenseJson(const v1::LicenseExplanation& license, const Names& names) {
  Json json = {{"sku", names.Sku(SkuId(license.license().sku_id()))},
               {"sku_id", Printable(license.license().sku_id())},
               {"state", Spelled(license.license(), "state")},
               {"plans", license.license().enabled_plan_ids_size()},
               {"of", license.sku_plan_ids_size()},
               {"sources", Json::array()}};
  for (const v1::SourceExplanation& source : license.sources()) {
    json["sources"].push_back(SourceJson(source, names));
  }
  return json;
}

}  // namespace

std::string CommandRow(const CommandPlace& place) {
  return Dump({{"program", Printable(place.program)}, {"flags", Printable(place.flags)}});
}

std::string TenantRow(const v1::GetTenantStatusResponse& status, absl::string_view tenant_id,
                      absl::string_view display_name) {
  Json json = {{"id", Printable(tenant_id)}};
  Set(json, "name", Fit(Printable(display_name), kMostColumns));
  const google::protobuf::Descriptor& type = *status.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const RecordValue value = ValueOf(status, *type.field(i));
    if (const auto* number = std::get_if<int64_t>(&value)) json[type.field(i)->name()] = *number;
    if (const auto* text = std::get_if<std::string>(&value)) json[type.field(i)->name()] = *text;
  }
  return Dump(json);
}

std::string SeatRow(const v1::SeatUsageRow& row, int most_subscriptions) {
  const v1::SeatUsage& seats = row.seats();
  Json json = {{"id", Printable(seats.sku_id())},
               {"usable", seats.usable()},
               {"consumed", seats.consumed()},
               {"available", seats.available()}};
  Set(json, "sku", Printable(row.sku_part_number()));
  Set(json, "name", Printable(row.display_name()));
  Set(json, "parked", int64_t{seats.parked()});
  Set(json, "unlimited", seats.unlimited_capacity());
  Set(json, "waiting", int64_t{seats.waiting()});
  Set(json, "overrun", int64_t{seats.overrun()});
  Set(json, "off", seats.off());
  const int shown = std::min(row.subscriptions_size(), most_subscriptions);
  for (int i = 0; i < shown; ++i) {
    json["subscriptions"].push_back(SubscriptionJson(row.subscriptions(i)));
  }
  Set(json, "more_subscriptions", int64_t{row.subscriptions_size() - shown});
  return Dump(json);
}

void SeatTotals::Add(const v1::SeatUsageRow& row) {
  const v1::SeatUsage& seats = row.seats();
  ++skus_;
  short_ += seats.waiting() > 0 || seats.overrun() > 0 ? 1 : 0;
  usable_ += seats.usable();
  available_ += seats.available();
  waiting_ += seats.waiting();
  subscriptions_ += row.subscriptions_size();
}

std::string SeatTotals::ToJson() const {
  return Dump({{"skus", skus_},
               {"short", short_},
               {"usable", usable_},
               {"available", available_},
               {"waiting", waiting_},
               {"subscriptions", subscriptions_}});
}

std::string CauseRow(const v1::ViolationCause& cause, const Names& names,
                     const CommandPlace& place) {
  Json json = {{"code", EnumWordOf(*v1::ViolationCode_descriptor(), cause.code())},
               {"users", cause.users()},
               {"what", CauseSentence(cause, names)}};
  if (!cause.sku_id().empty()) json["sku"] = names.Sku(SkuId(cause.sku_id()));
  Set(json, "sku_id", Printable(cause.sku_id()));
  if (!cause.group_id().empty()) json["group"] = names.Group(GroupId(cause.group_id()));
  Set(json, "group_id", Printable(cause.group_id()));
  Set(json, "direct", cause.direct());
  Set(json, "details", CauseDetails(cause, names));
  std::vector<std::string> fallen;
  for (const std::string& sku : cause.fallen_sku_ids()) fallen.push_back(names.Sku(SkuId(sku)));
  Set(json, "fallen", fallen);
  for (const std::string& id : cause.sample_user_ids()) {
    json["sample"].push_back(UserObject(id, names));
  }
  Set(json, "fix", CauseFix(cause, names));
  Set(json, "ways", CauseSeatWays(cause, names));
  if (cause.has_fix()) Set(json, "commands", FixCommands(cause.fix(), place.program, place.flags));
  return Dump(json);
}

std::string GroupRow(const v1::GetGroupStatusResponse& group, const Names& names) {
  return Dump({{"id", Printable(group.group_id())},
               {"name", names.Group(GroupId(group.group_id()))},
               {"members", group.members()},
               {"licensed", group.fully_licensed()},
               {"errors", group.with_errors()}});
}

std::string UserRow(const v1::ExplainLicenseResponse& explained) {
  const Names names = NamesFrom(explained.names());
  const v1::User& user = explained.user().user();
  Json json = {{"id", Printable(user.user_id())}};
  Set(json, "name", Printable(user.display_name()));
  Set(json, "upn", Printable(user.user_principal_name()));
  Set(json, "location", Printable(explained.user().effective_location()));
  Set(json, "guest", user.user_type() == v1::User::GUEST);
  Set(json, "blocked", user.has_account_enabled() && !user.account_enabled());
  json["licenses"] = Json::array();
  for (const v1::LicenseExplanation& license : explained.licenses()) {
    json["licenses"].push_back(LicenseJson(license, names));
  }
  return Dump(json);
}

}  // namespace seatwise::cli
