// What the words of `seatwise report` have in common: a list of the API as a table, JSON or CSV,
// with totals for people.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/message_names.h"
#include "cli/names.h"
#include "cli/pages.h"
#include "cli/records.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "google/protobuf/repeated_field.h"
#include "seatwise/v1/license.pb.h"

namespace seatwise::cli {

// How a report looks.
struct ReportForm {
  std::vector<RecordColumn> columns;
  std::string empty;  // Instead of a table without rows: that there is nothing, and what to try.
};

// Prints a list of ReportService. `add(row, names, printer)` prints the records of a row;
// `totals()` is a text for below a table, in lines.
template <typename Response, typename Request, typename Add, typename Totals>
ExitCode PrintReport(Session& session, absl::string_view method, const Request& request,
                     const ReportForm& form, Add add, Totals totals) {
  RecordPrinter printer(form.columns, session.form, session.console);
  ExitCode printed = ExitCode::kOk;
  bool any = false;
  const absl::Status listed =
      ForEachPage<Response>(session.client, absl::StrCat("seatwise.v1.ReportService/", method),
                            request, [&](const Response& page) {
                              const Names names = NamesFrom(page.names());
                              for (const auto& row : page.rows()) {
                                any = true;
                                printed = add(row, names, printer);
                                if (printed != ExitCode::kOk) return false;
                              }
                              return true;
                            });
  if (!listed.ok()) return ReportCallError(listed, session.console);
  if (printed == ExitCode::kOk) printed = printer.Finish(form.empty);
  if (printed != ExitCode::kOk || !any || session.form != OutputForm::kTable) return printed;
  return session.console.Print(absl::StrCat("\n", totals(), "\n"));
}

// How many users to name of each row.
inline void AddSampleFlag(CLI::App& verb, int& sample) {
  verb.add_option("--sample", sample, "How many users to name of each")
      ->type_name("N")
      ->check(CLI::Range(1, 1000).description(""))
      ->capture_default_str();
}

inline std::string StateWord(v1::EffectiveLicense::State state) {
  return EnumWordOf(*v1::EffectiveLicense::State_descriptor(), state);
}

using Ids = google::protobuf::RepeatedPtrField<std::string>;

inline std::vector<std::string> ListOf(const Ids& ids) { return {ids.begin(), ids.end()}; }

// The names of ids, which are of the kind `Id`: NamesOf<UserId>(ids, names, &Names::User).
template <typename Id>
std::vector<std::string> NamesOf(const Ids& ids, const Names& names,
                                 std::string (Names::*name)(const Id&) const) {
  std::vector<std::string> list;
  for (const std::string& id : ids) list.push_back((names.*name)(Id(id)));
  return list;
}

// The names of plans; for people their number, if they are many.
inline RecordValue PlanNames(const Ids& plans, const Names& names, OutputForm form) {
  constexpr int kMostNamed = 3;
  if (form == OutputForm::kTable && plans.size() > kMostNamed) {
    return Counted(int64_t{plans.size()}, "plan");
  }
  return NamesOf(plans, names, &Names::Plan);
}

}  // namespace seatwise::cli
