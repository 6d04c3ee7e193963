#include "cli/seats.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/call_error.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/remote_verb.h"
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
                                    {.key = "off", .in_table = false}};
  return *kColumns;
}

std::string NameOf(const v1::SeatUsageRow& row) {
  if (!row.sku_part_number().empty()) return row.sku_part_number();
  return row.display_name().empty() ? row.seats().sku_id() : row.display_name();
}

Record RecordOf(const v1::SeatUsageRow& row) {
  const v1::SeatUsage& seats = row.seats();
  RecordValue capacity = int64_t{seats.capacity()};
  if (seats.unlimited_capacity()) capacity = std::string("unlimited");
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
          seats.off()};
}

class SeatsVerb final : public RemoteVerb {
 public:
  SeatsVerb()
      : RemoteVerb({.name = "seats",
                    .description = "Show how many seats are taken, free and missing",
                    .examples = "  seatwise seats --tenant contoso\n"
                                "  seatwise seats --short -o csv"},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_flag("--short", short_, "Only SKUs that are short of seats");
  }

  ExitCode Do(Session& session) override {
    v1::ListSeatUsageRequest request;
    request.set_parent(TenantName(session.tenant));
    RecordPrinter printer(Columns(), session.form, session.console);
    ExitCode printed = ExitCode::kOk;
    const absl::Status listed = ForEachPage<v1::ListSeatUsageResponse>(
        session.client, "seatwise.v1.ReportService/ListSeatUsage", request,
        [&](const v1::ListSeatUsageResponse& page) {
          for (const v1::SeatUsageRow& row : page.rows()) {
            if (!short_ || row.seats().overrun() > 0) printed = printer.Add(RecordOf(row));
          }
          return printed == ExitCode::kOk;
        });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    if (printed != ExitCode::kOk) return printed;
    return printer.Finish(short_ ? "no SKU is short of seats" : "there is no SKU");
  }

  bool short_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeSeatsVerb() { return MakePlainVerb(std::make_unique<SeatsVerb>()); }

}  // namespace seatwise::cli
