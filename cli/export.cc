#include "cli/export.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "cli/call_error.h"
#include "cli/exported_facts.h"
#include "cli/folders.h"
#include "cli/noun_verb.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "engine/model/facts.h"
#include "interchange/writer.h"

namespace seatwise::cli {
namespace {

class ExportVerb final : public RemoteVerb {
 public:
  ExportVerb()
      : RemoteVerb({.name = "export",
                    .description = "Write the facts of a tenant to a folder",
                    .examples = "  seatwise export facts --tenant contoso\n"
                                "  seatwise export facts --tenant contoso -o json"},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("DIR", to_, "Folder for CSV files and tenant.json")->required()->type_name("");
  }

  ExitCode Check(Console& console) override {
    const absl::Status writable = CheckOutputFolder(to_);
    return writable.ok() ? ExitCode::kOk : console.Fail(writable);
  }

  ExitCode Do(Session& session) override {
    // However large the tenant is, its facts go through memory a part at a time.
    FactsWriter writer(to_);
    absl::Status written;
    const absl::StatusOr<Exported> exported =
        ForEachExportedFact(session.client, session.tenant, [&](const Fact& fact) {
          written = writer.Add(fact);
          return written;
        });
    if (written.ok() && !exported.ok()) return ReportCallError(exported.status(), session.console);
    if (written.ok()) written = writer.Finish();
    if (!written.ok()) return session.console.Fail(written);
    if (session.form == OutputForm::kTable) {
      return session.console.Print(absl::StrCat(Counted(exported->count, "fact"), " of revision ",
                                                exported->revision, " are in ", Printable(to_),
                                                "\n"));
    }
    return PrintRecord(
        {{.key = "facts", .is_number = true}, {.key = "revision", .is_number = true}},
        {exported->count, exported->revision}, session.form, session.console);
  }

  std::string to_;
};

}  // namespace

std::unique_ptr<Verb> MakeExportVerb() { return MakePlainVerb(std::make_unique<ExportVerb>()); }

}  // namespace seatwise::cli
