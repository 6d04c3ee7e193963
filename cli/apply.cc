#include "cli/apply.h"

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/folder_import.h"
#include "cli/noun_verb.h"
#include "cli/progress_bar.h"
#include "cli/rejection.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "cli/wanted_change.h"
#include "cli/write_flags.h"
#include "interchange/read_report.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

// What was done, whichever way.
struct Applied {
  v1::WriteResult result;
  v1::Impact impact;
};

class ApplyVerb final : public RemoteVerb {
 public:
  ApplyVerb()
      : RemoteVerb({.name = "apply",
                    .description = "Do what 'seatwise plan' showed, or nothing",
                    .examples = "  seatwise apply delete group/old --token AQIAHAMx...\n"
                                "  seatwise apply facts --mode snapshot --token AQIAHAMx...\n"
                                "\n"
                                "The words are those of the plan, whose last line says all of it."},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    what_.Declare(verb);
    verb.add_option("--token", token_, "What the plan said at its end")
        ->required()
        ->type_name("TOKEN");
    verb.add_option("--request-id", request_id_, "A UUID that makes it safe to repeat")
        ->type_name("UUID");
  }

  ExitCode Check(Console& console) override { return what_.Check(console); }

  ExitCode Do(Session& session) override {
    const absl::Status loaded = what_.LoadTenant(session);
    if (!loaded.ok()) return ReportCallError(loaded, session.console);
    ReadReport report;
    const absl::StatusOr<Applied> applied =
        what_.is_folder() ? ApplyFolder(session, report) : ApplyWords(session);
    if (!report.ok()) return ReportRejection(report, what_.folder(), session.console);
    if (!applied.ok()) {
      const ExitCode code = ReportCallError(applied.status(), session.console);
      session.console.Note(absl::StrCat("Nothing was done. To look again:\n  ",
                                        session.console.program(), " plan ",
                                        Printable(what_.ToString()), session.place, "\n"));
      return code;
    }
    return Answer(*applied, session);
  }

  absl::StatusOr<Applied> ApplyFolder(Session& session, ReadReport& report) const {
    v1::ImportRequest::Finish finish = what_.Finish();
    finish.set_plan_token(token_);
    finish.set_request_id(request_id_);
    ProgressBar bar(session.console, "apply", WorkUnit::kBytes);
    SEATWISE_ASSIGN_OR_RETURN(v1::ImportResponse::Finished finished,
                              ImportFolder(session.client, session.tenant, what_.folder(),
                                           std::move(finish), report, bar.callback()));
    return Applied{std::move(*finished.mutable_result()), std::move(*finished.mutable_impact())};
  }

  absl::StatusOr<Applied> ApplyWords(Session& session) const {
    v1::ApplyChangesRequest request;
    request.set_parent(TenantName(session.tenant));
    SEATWISE_ASSIGN_OR_RETURN(std::vector<v1::Change> changes, what_.Changes(session));
    for (v1::Change& change : changes) *request.add_changes() = std::move(change);
    request.set_plan_token(token_);
    request.set_max_removed_percent(what_.max_removed());
    request.set_include_impact(true);
    request.set_request_id(request_id_);
    SEATWISE_ASSIGN_OR_RETURN(auto response,
                              session.client.Call<v1::ApplyChangesResponse>(
                                  "seatwise.v1.ChangeService/ApplyChanges", request));
    return Applied{std::move(*response.mutable_result()), std::move(*response.mutable_impact())};
  }

  ExitCode Answer(const Applied& applied, Session& session) const {
    const v1::Impact& impact = applied.impact;
    const std::string text =
        WriteText("the plan", "applied", applied.result, false, session.console);
    if (session.form == OutputForm::kTable) {
      return session.console.Print(absl::StrCat(
          text, Counted(impact.licenses_gained(), "license"), " gained, ",
          Grouped(impact.licenses_lost()), " lost, ", Grouped(impact.licenses_changed()),
          " changed, of ", Counted(impact.users_affected(), "user"), "\n"));
    }
    return PrintRecord({{.key = "revision", .is_number = true},
                        {.key = "licenses_gained", .is_number = true},
                        {.key = "licenses_lost", .is_number = true},
                        {.key = "licenses_changed", .is_number = true},
                        {.key = "users_affected", .is_number = true}},
                       {int64_t{applied.result.revision()}, int64_t{impact.licenses_gained()},
                        int64_t{impact.licenses_lost()}, int64_t{impact.licenses_changed()},
                        int64_t{impact.users_affected()}},
                       session.form, session.console);
  }

  WantedChange what_;
  std::string token_;
  std::string request_id_;
};

}  // namespace

std::unique_ptr<Verb> MakeApplyVerb() { return MakePlainVerb(std::make_unique<ApplyVerb>()); }

}  // namespace seatwise::cli
