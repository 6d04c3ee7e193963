#include "cli/seats.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/records.h"
#include "cli/remote_verb.h"
#include "cli/style.h"
#include "cli/time_text.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/report_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "sku_id", .may_shrink = true},
                                    {.key = "sku"},
                                    {.key = "display_name", .in_table = false},
                                    {.key = "usable", .is_number = true},
                                    {.key = "parked", .is_number = true, .in_table = false},
                                    {.key = "capacity", .is_number = true},
                                    {.key = "consumed", .is_number = true},
                                    {.key = "available", .is_number = true},
                                    {.key = "waiting", .is_number = true},
                                    {.key = "overrun", .is_number = true},
                                    {.key = "off", .in_table = false},
                                    {.key = "subscriptions", .in_table = false},
                                    {.key = "grace", .is_number = true, .in_table = false}};
  return *kColumns;
}

// Of a subscription within a SKU; keys are the names of fields.
const std::vector<RecordColumn>& SubscriptionColumns() {
  static const auto* const kColumns = new std::vector<RecordColumn>{
      {.key = "subscription_id"}, {.key = "units"},    {.key = "status"},   {.key = "self_service"},
      {.key = "unit_price"},      {.key = "currency"}, {.key = "renews_at"}};
  return *kColumns;
}

RecordValue FieldOf(const v1::Subscription& subscription, const std::string& name) {
  return ValueOf(subscription, *v1::Subscription::descriptor()->FindFieldByName(name));
}

NestedRecords SubscriptionsOf(const v1::SeatUsageRow& row) {
  NestedRecords nested;
  for (const v1::Subscription& subscription : row.subscriptions()) {
    Record record;
    for (const RecordColumn& column : SubscriptionColumns()) {
      record.push_back(FieldOf(subscription, column.key));
    }
    nested.objects.push_back(RecordJson(SubscriptionColumns(), record));
    nested.names.push_back(subscription.subscription_id());
  }
  return nested;
}

bool Counts(const v1::Subscription& subscription) {
  return !subscription.self_service() && (subscription.status() == v1::Subscription::ENABLED ||
                                          subscription.status() == v1::Subscription::WARNING);
}

// In a table a subscription is a row of its own below its SKU: what it is, and the seats that it
// brings. "25 Suspended, renews 2027-01-01T00:00:00Z".
Record TableRowOf(const v1::Subscription& subscription, const Style& style) {
  std::string what =
      absl::StrCat("  ", subscription.units(), " ",
                   EnumWordOf(*v1::Subscription::Status_descriptor(), subscription.status()),
                   subscription.self_service() ? ", self-service" : "");
  const RecordValue renews = FieldOf(subscription, "renews_at");
  if (const auto* time = std::get_if<std::string>(&renews)) {
    absl::StrAppend(&what, ", renews ", TimeForReader(*time, style));
  }
  Record record(Columns().size());
  record[0] = absl::StrCat("  ", subscription.subscription_id());
  record[1] = std::move(what);
  if (Counts(subscription)) record[3] = int64_t{subscription.units()};
  return record;
}

std::string NameOf(const v1::SeatUsageRow& row) {
  if (!row.sku_part_number().empty()) return row.sku_part_number();
  return row.display_name().empty() ? row.seats().sku_id() : row.display_name();
}

Record RecordOf(const v1::SeatUsageRow& row) {
  const v1::SeatUsage& seats = row.seats();
  RecordValue capacity = int64_t{seats.capacity()};
  if (seats.unlimited_capacity()) capacity = std::string("unlimited");
  int64_t grace = 0;
  for (const v1::Subscription& each : row.subscriptions()) {
    if (Counts(each) && each.status() == v1::Subscription::WARNING) grace += each.units();
  }
  return {seats.sku_id(),
          NameOf(row),
          row.display_name(),
          int64_t{seats.usable()},
          int64_t{seats.parked()},
          std::move(capacity),
          int64_t{seats.consumed()},
          int64_t{seats.available()},
          int64_t{seats.waiting()},
          int64_t{seats.overrun()},
          seats.off(),
          SubscriptionsOf(row),
          grace};
}

class SeatsVerb final : public RemoteVerb {
 public:
  SeatsVerb()
      : RemoteVerb({.name = "seats",
                    .description = "Show how many seats are taken, free and missing",
                    .examples = "  seatwise seats --subscriptions\n"
                                "  seatwise seats --short -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_flag("--short", short_, "Only SKUs that are short of seats");
    verb.add_flag("--subscriptions", subscriptions_, "What was bought of each SKU, in tables too");
  }

  ExitCode Do(Session& session) override {
    v1::ListSeatUsageRequest request;
    request.set_parent(TenantName(session.tenant));
    const bool in_table = subscriptions_ && session.form == OutputForm::kTable;
    request.set_include_subscriptions(in_table || session.form != OutputForm::kTable ||
                                      !session.form.columns.empty());
    RecordPrinter printer(Columns(), session.form, session.console);
    ExitCode printed = ExitCode::kOk;
    const absl::Status listed = ForEachPage<v1::ListSeatUsageResponse>(
        session.client, "seatwise.v1.ReportService/ListSeatUsage", request,
        [&](const v1::ListSeatUsageResponse& page) {
          for (const v1::SeatUsageRow& row : page.rows()) {
            if (short_ && row.seats().overrun() == 0) continue;
            printed = printer.Add(RecordOf(row));
            if (!in_table) continue;
            for (const v1::Subscription& each : row.subscriptions()) {
              printer.Add(TableRowOf(each, session.console.out()));
            }
          }
          return printed == ExitCode::kOk;
        });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    if (printed != ExitCode::kOk) return printed;
    return printer.Finish(
        short_
            ? "no SKU is short of seats; leave out --short to see all"
            : "there is no SKU; make one with: seatwise sku create, or bring in a folder of facts "
              "with: seatwise import");
  }

  bool short_ = false;
  bool subscriptions_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeSeatsVerb() { return MakePlainVerb(std::make_unique<SeatsVerb>()); }

}  // namespace seatwise::cli
