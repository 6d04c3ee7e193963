#include "cli/report_trends.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/plan_difference.h"
#include "cli/report_list.h"
#include "cli/text.h"
#include "seatwise/v1/impact.pb.h"
#include "seatwise/v1/license.pb.h"
#include "seatwise/v1/report.pb.h"
#include "service/names.h"
#include "service/timestamps.h"

namespace seatwise::cli {
namespace {

constexpr int64_t kMicrosPerDay = int64_t{24} * 3600 * 1'000'000;

// A time field of a message; nothing if it is absent.
RecordValue TimeOf(const google::protobuf::Message& message, const char* field) {
  return ValueOf(message, *message.GetDescriptor()->FindFieldByName(field));
}

// "2026-11-26" of "2026-11-26T09:30:00Z".
std::string DayOf(const RecordValue& time) {
  const auto* text = std::get_if<std::string>(&time);
  return text == nullptr ? "" : text->substr(0, 10);
}

class ForecastReport final : public RemoteVerb {
 public:
  ForecastReport()
      : RemoteVerb({.name = "forecast",
                    .description = "When seats run out, as users join",
                    .examples = "  seatwise report forecast\n"
                                "  seatwise report forecast --weeks 52 -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--weeks", weeks_, "How many weeks of the journal to look at")
        ->type_name("N")
        ->check(CLI::Range(1, 520).description(""))
        ->capture_default_str();
  }

  // For people: the day, or why there is none.
  static RecordValue When(const v1::SeatForecast& row, bool for_people) {
    RecordValue time = TimeOf(row, "runs_out_at");
    if (!for_people) return time;
    const v1::SeatUsage& seats = row.seats();
    if (!row.has_runs_out_at()) return std::string("not foreseen");
    return seats.consumed() >= seats.capacity() ? std::string("no seat is free") : DayOf(time);
  }

  ExitCode Do(Session& session) override {
    v1::ListSeatForecastsRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_weeks(weeks_);
    const ReportForm form = {.columns = {{.key = "sku_id", .in_table = false},
                                         {.key = "sku"},
                                         {.key = "capacity", .is_number = true},
                                         {.key = "consumed", .is_number = true},
                                         {.key = "waiting", .is_number = true},
                                         {.key = "joined", .is_number = true},
                                         {.key = "left", .is_number = true},
                                         {.key = "net_per_week", .is_number = true},
                                         {.key = "runs_out_at", .is_time = true}},
                             .empty = "there is no SKU\nTry: seatwise sku create"};
    int64_t foreseen = 0;
    int64_t full = 0;
    const bool for_people = session.form == OutputForm::kTable;
    const auto add = [&](const v1::SeatForecast& row, const Names& names, RecordPrinter& printer) {
      const v1::SeatUsage& seats = row.seats();
      if (row.has_runs_out_at()) {
        ++(seats.consumed() >= seats.capacity() ? full : foreseen);
      }
      RecordValue capacity = int64_t{seats.capacity()};
      if (seats.unlimited_capacity()) capacity = std::string("unlimited");
      return printer.Add({seats.sku_id(), names.Sku(SkuId(seats.sku_id())), std::move(capacity),
                          int64_t{seats.consumed()}, int64_t{seats.waiting()},
                          int64_t{row.joined()}, int64_t{row.left()},
                          absl::StrFormat("%.1f", row.net_per_week()), When(row, for_people)});
    };
    return PrintReport<v1::ListSeatForecastsResponse>(
        session, "ListSeatForecasts", request, form, add, [&] {
          return absl::StrCat(Counted(full, "SKU"), full == 1 ? " has" : " have", " no free seat, ",
                              Grouped(foreseen), foreseen == 1 ? " more runs out" : " more run out",
                              " if users go on to come as in the last ", Counted(weeks_, "week"));
        });
  }

  int weeks_ = 12;
};

std::string StateOf(const v1::LicenseValue& value, bool is_there) {
  return is_there ? StateWord(value.state()) : "none";
}

class ChangesReport final : public RemoteVerb {
 public:
  ChangesReport()
      : RemoteVerb({.name = "changes",
                    .description = "How licenses differ between two revisions",
                    .examples = "  seatwise report changes --from 120\n"
                                "  seatwise report changes --days 7 -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--from", request_from_, "The revision before")->type_name("N");
    verb.add_option("--days", days_, "Instead of --from: the last one before so many days")
        ->type_name("N")
        ->check(CLI::Range(1, 36'600).description(""));
    verb.add_option("--to", request_to_, "The revision after; else the present one")
        ->type_name("N");
    AddSkuFlag(verb, sku_);
    AddSampleFlag(verb, sample_);
  }

  ExitCode Check(Console& console) override {
    if ((request_from_ < 0) != (days_ == 0)) return ExitCode::kOk;
    return console.Fail("say where changes begin: --from REVISION or --days N", ExitCode::kUsage);
  }

  // The revision that was the present one before so many days.
  absl::StatusOr<int64_t> RevisionBefore(Session& session) const {
    v1::ListLicenseChangesRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_page_size(1);
    const Time since{SystemClock().Now().micros - days_ * kMicrosPerDay};
    *request.mutable_from_time() = ToTimestamp(since);
    SEATWISE_ASSIGN_OR_RETURN(const auto reply,
                              session.client.Call<v1::ListLicenseChangesResponse>(
                                  "seatwise.v1.ReportService/ListLicenseChanges", request));
    return reply.from_revision();
  }

  ExitCode Do(Session& session) override {
    if (days_ > 0) {
      const absl::StatusOr<int64_t> from = RevisionBefore(session);
      if (!from.ok()) return ReportCallError(from.status(), session.console);
      request_from_ = *from;
    }
    v1::ListLicenseChangesRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_from_revision(request_from_);
    request.set_to_revision(request_to_);
    request.set_sku_id(sku_);
    request.set_sample_size(sample_);
    const ReportForm form = {
        .columns = {{.key = "sku_id", .in_table = false},
                    {.key = "sku"},
                    {.key = "before"},
                    {.key = "after"},
                    {.key = "gained_plan_ids", .in_table = false},
                    {.key = "gained_plans", .may_shrink = true},
                    {.key = "lost_plan_ids", .in_table = false},
                    {.key = "lost_plans", .may_shrink = true},
                    {.key = "users", .is_number = true},
                    {.key = "sample_user_ids", .in_table = false},
                    {.key = "sample", .may_shrink = true}},
        .empty = absl::StrCat("no license differs\nTry: seatwise watch --after ", request_from_)};
    int64_t licenses = 0;
    const auto add = [&](const v1::LicenseChangeGroup& row, const Names& names,
                         RecordPrinter& printer) {
      licenses += row.users();
      const Ids gained =
          PlansWithout(row.after().enabled_plan_ids(), row.before().enabled_plan_ids());
      const Ids lost =
          PlansWithout(row.before().enabled_plan_ids(), row.after().enabled_plan_ids());
      return printer.Add(
          {row.sku_id(), names.Sku(SkuId(row.sku_id())), StateOf(row.before(), row.has_before()),
           StateOf(row.after(), row.has_after()), ListOf(gained),
           PlanNames(gained, names, session.form), ListOf(lost),
           PlanNames(lost, names, session.form), int64_t{row.users()},
           ListOf(row.sample_user_ids()), NamesOf(row.sample_user_ids(), names, &Names::User)});
    };
    return PrintReport<v1::ListLicenseChangesResponse>(
        session, "ListLicenseChanges", request, form, add, [&] {
          return absl::StrCat(Counted(licenses, "license"), licenses == 1 ? " differs" : " differ",
                              days_ > 0 ? absl::StrCat(" from revision ", request_from_) : "",
                              "; one by one: seatwise watch --after ", request_from_);
        });
  }

  int64_t request_from_ = -1;  // None.
  int64_t request_to_ = 0;
  int days_ = 0;  // None.
  std::string sku_;
  int sample_ = 5;
};

}  // namespace

std::unique_ptr<RemoteVerb> MakeForecastReport() { return std::make_unique<ForecastReport>(); }
std::unique_ptr<RemoteVerb> MakeChangesReport() { return std::make_unique<ChangesReport>(); }

}  // namespace seatwise::cli
