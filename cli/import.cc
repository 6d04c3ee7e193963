#include "cli/import.h"

#include <CLI/CLI.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/call_error.h"
#include "cli/folder_import.h"
#include "cli/folders.h"
#include "cli/import_mode.h"
#include "cli/noun_verb.h"
#include "cli/progress_bar.h"
#include "cli/rejection.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "cli/write_flags.h"
#include "interchange/read_report.h"
#include "seatwise/v1/transfer_service.pb.h"

namespace seatwise::cli {
namespace {

using Finish = v1::ImportRequest::Finish;
using Finished = v1::ImportResponse::Finished;

class ImportVerb final : public RemoteVerb {
 public:
  ImportVerb()
      : RemoteVerb({.name = "import",
                    .description = "Bring a folder of facts into a tenant, as one revision",
                    .examples = "  seatwise import examples/contoso --create\n"
                                "  seatwise import facts --mode snapshot --validate-only"},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("DIR", from_, "Folder of facts: CSV files and tenant.json")
        ->required()
        ->type_name("");
    mode_.Declare(verb);
    verb.add_flag("--create", create_, "Make the tenant if there is none");
    verb.add_flag("--override-removal-guard", override_, "Let a snapshot take very much");
    write_.Declare(verb);
  }

  ExitCode Check(Console& console) override {
    const absl::Status readable = CheckInputFolder(from_);
    return readable.ok() ? ExitCode::kOk : console.Fail(readable);
  }

  Finish FinishMessage() const {
    Finish finish;
    finish.set_mode(mode_.mode());
    finish.set_override_removal_guard(override_);
    write_.Fill(finish);
    return finish;
  }

  ExitCode Do(Session& session) override {
    if (create_) {
      const absl::Status created = EnsureTenant(session.client, session.tenant);
      if (!created.ok()) return ReportCallError(created, session.console);
    }
    ReadReport report;
    const absl::StatusOr<Finished> finished = [&] {
      ProgressBar bar(session.console, "import", WorkUnit::kBytes);
      return ImportFolder(session.client, session.tenant, from_, FinishMessage(), report,
                          bar.callback());
    }();
    if (!report.ok()) return ReportRejection(report, from_, session.console);
    if (!finished.ok()) return ReportCallError(finished.status(), session.console);
    return Answer(*finished, session);
  }

  ExitCode Answer(const Finished& finished, Session& session) const {
    const std::string text = WriteText(absl::StrCat("'", Printable(from_), "'"), "imported",
                                       finished.result(), write_.validate_only(), session.console);
    if (finished.blocked_by_removal_guard()) {
      session.console.Warn("the removal guard would refuse it; see --override-removal-guard");
    }
    const std::vector<RecordColumn> columns = {{.key = "revision", .is_number = true},
                                               {.key = "facts_created", .is_number = true},
                                               {.key = "facts_changed", .is_number = true},
                                               {.key = "facts_deleted", .is_number = true},
                                               {.key = "facts_unchanged", .is_number = true},
                                               {.key = "licenses_gained", .is_number = true},
                                               {.key = "licenses_lost", .is_number = true},
                                               {.key = "licenses_changed", .is_number = true},
                                               {.key = "users_affected", .is_number = true}};
    const Record record = {
        int64_t{finished.result().revision()},      int64_t{finished.facts_created()},
        int64_t{finished.facts_changed()},          int64_t{finished.facts_deleted()},
        int64_t{finished.facts_unchanged()},        int64_t{finished.impact().licenses_gained()},
        int64_t{finished.impact().licenses_lost()}, int64_t{finished.impact().licenses_changed()},
        int64_t{finished.impact().users_affected()}};
    if (session.form == OutputForm::kTable) {
      const ExitCode printed = session.console.Print(text);
      if (printed != ExitCode::kOk) return printed;
    }
    return PrintRecord(columns, record, session.form, session.console);
  }

  std::string from_;
  ImportModeFlag mode_;
  bool create_ = false;
  bool override_ = false;
  WriteFlags write_;
};

}  // namespace

std::unique_ptr<Verb> MakeImportVerb() { return MakePlainVerb(std::make_unique<ImportVerb>()); }

}  // namespace seatwise::cli
