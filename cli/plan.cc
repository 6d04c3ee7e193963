#include "cli/plan.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/folder_import.h"
#include "cli/impact_rows.h"
#include "cli/impact_text.h"
#include "cli/message_json.h"
#include "cli/noun_verb.h"
#include "cli/progress_bar.h"
#include "cli/rejection.h"
#include "cli/remote_names.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "cli/wanted_change.h"
#include "interchange/read_report.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

using Plan = v1::PlanChangesResponse::Plan;

// Where rows go: a file, or stdout. Complains once of what cannot be written.
class RowsSink {
 public:
  RowsSink(std::string path, const Names& names, Console& console)
      : path_(std::move(path)), names_(names), console_(console) {
    if (!path_.empty()) file_.open(path_, std::ios::binary | std::ios::trunc);
    Write(ImpactRowsHeader());
  }

  void Take(const v1::ImpactRows& rows) {
    WriteImpactRows(rows, names_, [this](const std::string& text) { return Write(text); });
    count_ += rows.violations_size() + rows.data_at_risk_size();
    for (const v1::ImpactRows::Run& run : rows.licenses()) count_ += run.user_ids_size();
  }

  int64_t count() const { return count_; }

  // Whether all of it was written.
  ExitCode Finish() {
    if (path_.empty() || code_ != ExitCode::kOk) return code_;
    file_.close();
    return file_.fail() ? Fail() : code_;
  }

 private:
  bool Write(const std::string& text) {
    if (code_ != ExitCode::kOk) return false;
    if (path_.empty()) {
      code_ = console_.Print(text);
    } else {
      file_ << text;
      if (file_.fail()) code_ = Fail();
    }
    return code_ == ExitCode::kOk;
  }
  ExitCode Fail() {
    return console_.Fail(absl::StrCat("'", Printable(path_), "' cannot be written"));
  }

  const std::string path_;
  const Names& names_;
  Console& console_;
  std::ofstream file_;
  int64_t count_ = 0;
  ExitCode code_ = ExitCode::kOk;
};

class PlanVerb final : public RemoteVerb {
 public:
  PlanVerb()
      : RemoteVerb(
            {.name = "plan",
             .description = "Show what a change would do, without doing it",
             .examples = "  seatwise plan swap SPE_E3 for SPE_E5 in group/sales\n"
                         "  seatwise plan set subscription/e5 units=20 and delete group/old\n"
                         "\n"
                         "Changes in words, with 'and' between several:\n"
                         "  set KIND/ID FIELD=VALUE...\n"
                         "  delete KIND/ID                           with all that names it\n"
                         "  assign SKU to KIND/ID... [without PLAN...]\n"
                         "  unassign SKU from KIND/ID...\n"
                         "  swap SKU for SKU in KIND/ID...           disabled plans stay disabled\n"
                         "  add KIND/ID... to group/ID\n"
                         "  remove KIND/ID... from group/ID"},
            TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    what_.Declare(verb);
    verb.add_option("--rows", rows_, "Write every single row as CSV to this file")
        ->type_name("FILE");
  }

  ExitCode Check(Console& console) override { return what_.Check(console); }

  bool WantsRows(const Session& session) const {
    return !rows_.empty() || session.form == OutputForm::kCsv;
  }

  ExitCode Do(Session& session) override {
    absl::StatusOr<RemoteNames> names = RemoteNames::WithCatalog(session.products);
    if (!names.ok()) return ReportCallError(names.status(), session.console);
    const absl::Status loaded = what_.LoadTenant(session);
    if (!loaded.ok()) return ReportCallError(loaded, session.console);
    std::optional<RowsSink> sink;
    if (WantsRows(session)) sink.emplace(rows_, names->names(), session.console);
    ReadReport report;
    const absl::StatusOr<Plan> plan =
        what_.is_folder() ? PlanFolder(session, sink, report) : PlanChanges(session, sink);
    if (!report.ok()) return ReportRejection(report, what_.folder(), session.console);
    if (!plan.ok()) return ReportCallError(plan.status(), session.console);
    if (sink.has_value()) {
      const ExitCode written = sink->Finish();
      if (written != ExitCode::kOk || session.form == OutputForm::kCsv) return written;
    }
    return Show(*plan, *names, session, sink.has_value() ? sink->count() : 0);
  }

  absl::StatusOr<Plan> PlanFolder(Session& session, std::optional<RowsSink>& sink,
                                  ReadReport& report) const {
    v1::ImportRequest::Finish finish = what_.Finish();
    finish.set_validate_only(true);
    finish.set_include_rows(sink.has_value());
    ProgressBar bar(session.console, "plan", WorkUnit::kBytes);
    SEATWISE_ASSIGN_OR_RETURN(
        v1::ImportResponse::Finished finished,
        ImportFolder(session.client, session.tenant, what_.folder(), std::move(finish), report,
                     bar.callback(), [&](const v1::ImpactRows& rows) { sink->Take(rows); }));
    if (finished.blocked_by_removal_guard()) {
      session.console.Warn(
          "the snapshot takes more than 10 % of the users, memberships or assignments; it is "
          "refused without --override-removal-guard");
    }
    Plan plan;
    *plan.mutable_result() = std::move(*finished.mutable_result());
    *plan.mutable_impact() = std::move(*finished.mutable_impact());
    plan.set_plan_token(finished.plan_token());
    return plan;
  }

  absl::StatusOr<Plan> PlanChanges(Session& session, std::optional<RowsSink>& sink) const {
    v1::PlanChangesRequest request;
    request.set_parent(TenantName(session.tenant));
    SEATWISE_ASSIGN_OR_RETURN(std::vector<v1::Change> changes, what_.Changes(session));
    for (v1::Change& change : changes) *request.add_changes() = std::move(change);
    request.set_max_removed_percent(what_.max_removed());
    request.set_include_rows(sink.has_value());
    const std::unique_ptr<Stream> stream =
        session.client.Open("seatwise.v1.ChangeService/PlanChanges");
    stream->Write(request);
    stream->WritesDone();
    Plan plan;
    v1::PlanChangesResponse message;
    while (stream->Read(message)) {
      if (message.has_plan()) plan = std::move(*message.mutable_plan());
      if (message.has_rows() && sink.has_value()) sink->Take(message.rows());
    }
    SEATWISE_RETURN_IF_ERROR(stream->Finish());
    return plan;
  }

  // Asks for the names of all that the text names.
  static absl::Status NeedNames(const v1::Impact& impact, RemoteNames& names) {
    std::vector<UserId> users;
    const auto add = [&](const auto& groups) {
      for (const auto& group : groups) {
        for (const std::string& user : group.sample_user_ids()) users.emplace_back(user);
      }
    };
    add(impact.license_groups());
    add(impact.violation_groups());
    for (const v1::ViolationChangeGroup& group : impact.violation_groups()) {
      if (group.group_id().empty()) continue;
      SEATWISE_RETURN_IF_ERROR(names.Need(GroupId(group.group_id())));
    }
    return names.Need(users);
  }

  ExitCode Show(const Plan& plan, RemoteNames& names, Session& session, int64_t rows) const {
    for (const v1::Warning& warning : plan.result().warnings()) {
      session.console.Warn(Printable(warning.message()));
    }
    if (session.form == OutputForm::kJson) return session.console.Print(MessageJson(plan) + "\n");
    const absl::Status named = NeedNames(plan.impact(), names);
    if (!named.ok()) return ReportCallError(named, session.console);
    const Style& style = session.console.out();
    const std::string heading =
        absl::StrCat("If this were done at revision ", plan.result().revision(), ": ",
                     Printable(what_.ToString()));
    std::string text;
    for (const std::string& line : Wrap(heading, style.columns())) {
      absl::StrAppend(&text, style.Paint(Ink::kStrong, line), "\n");
    }
    absl::StrAppend(&text, "\n",
                    ImpactText(plan.impact(), names.names(),
                               what_.tenant().settings().retention_days(), style));
    if (!rows_.empty()) {
      absl::StrAppend(&text, "\nAll ", Counted(rows, "row"), " are in ", Printable(rows_), "\n");
    }
    absl::StrAppend(&text, "\nTo do exactly this:\n  ", session.console.program(), " apply ",
                    Printable(what_.ToString()), session.place, " --token ", plan.plan_token(),
                    "\n");
    return session.console.Print(text);
  }

  WantedChange what_;
  std::string rows_;
};

}  // namespace

std::unique_ptr<Verb> MakePlanVerb() { return MakePlainVerb(std::make_unique<PlanVerb>()); }

}  // namespace seatwise::cli
