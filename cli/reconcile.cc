#include "cli/reconcile.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/process_stats.h"
#include "cli/call_error.h"
#include "cli/client.h"
#include "cli/connection.h"
#include "cli/folders.h"
#include "cli/progress_bar.h"
#include "cli/reconciliation.h"
#include "cli/rejection.h"
#include "cli/remote_reconcile.h"
#include "cli/summary.h"
#include "cli/summary_json.h"
#include "cli/summary_text.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

constexpr int kMostThreads = 1024;
constexpr size_t kMostWarnings = 10;

void ShowWarnings(const std::vector<Warning>& warnings, Console& console) {
  for (size_t i = 0; i < std::min(warnings.size(), kMostWarnings); ++i) {
    console.Warn(Printable(warnings[i].message));
  }
  if (warnings.size() <= kMostWarnings) return;
  const auto more = static_cast<int64_t>(warnings.size() - kMostWarnings);
  console.Warn(absl::StrCat(Counted(more, "more warning"), "; --output json lists all"));
}

CLI::Validator NotEmpty() {
  return CLI::Validator(
      [](const std::string& value) { return value.empty() ? "must not be empty" : ""; }, "");
}

class ReconcileVerb final : public Verb {
 public:
  CLI::App* Declare(CLI::App& parent) override;
  ExitCode Run(Console& console) override;

 private:
  ExitCode RunRemotely(Console& console) const;
  ExitCode CheckFolders(Console& console) const;
  ExitCode Reject(const ReadReport& report, Console& console) const;
  absl::Status Write(Reconciliation& run, Console& console) const;
  std::string Answer(Reconciliation& run, const Style& style) const;

  std::string from_;
  std::string out_;
  int threads_ = AvailableProcessors();
  std::string output_ = "text";
  ConnectionFlags connection_;
  CLI::App* app_ = nullptr;
};

CLI::App* ReconcileVerb::Declare(CLI::App& parent) {
  CLI::App* verb =
      parent.add_subcommand("reconcile", "Derive who gets which license: from files, or anew");
  app_ = verb;
  verb->add_option("--from", from_, "Folder of facts; without, a server recomputes a tenant")
      ->type_name("DIR");
  verb->add_option("--out", out_, "Folder for licenses.csv, claims.csv and seats.csv")
      ->check(NotEmpty())
      ->type_name("DIR");
  verb->add_option("--threads", threads_, "Threads; they do not change the answer")
      ->check(CLI::Range(1, kMostThreads).description(""))
      ->type_name("N")
      ->capture_default_str();
  verb->add_option("-o,--output", output_, "Form of the summary: text or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("FORM")
      ->capture_default_str();
  connection_.Declare(*verb, /*tenant=*/true);
  verb->footer(
      "Examples:\n"
      "  seatwise reconcile --from examples/contoso\n"
      "  seatwise reconcile --from facts --out answers --output json > summary.json");
  return verb;
}

ExitCode ReconcileVerb::CheckFolders(Console& console) const {
  const absl::Status readable = CheckInputFolder(from_);
  if (!readable.ok()) return console.Fail(readable);
  if (out_.empty()) return ExitCode::kOk;
  if (AreSame(from_, out_)) {
    return console.Fail("--out is the same folder as --from; choose another one for the answers",
                        ExitCode::kUsage);
  }
  const absl::Status writable = CheckOutputFolder(out_);
  return writable.ok() ? ExitCode::kOk : console.Fail(writable);
}

ExitCode ReconcileVerb::Reject(const ReadReport& report, Console& console) const {
  const ExitCode code = ReportRejection(report, from_, console);
  if (output_ == "json") console.Print(RejectionJson(report));
  return code;
}

absl::Status ReconcileVerb::Write(Reconciliation& run, Console& console) const {
  if (out_.empty()) return absl::OkStatus();
  ProgressBar bar(console, "write", WorkUnit::kUsers);
  return run.Write(out_, bar.callback());
}

std::string ReconcileVerb::Answer(Reconciliation& run, const Style& style) const {
  const Summary summary = Summarize(run.state(), run.executor());
  if (output_ == "json") return SummaryJson(summary, run, from_, out_);
  std::string text = absl::StrCat(SummaryText(summary, style), "\n", StagesText(run, style));
  if (!out_.empty()) {
    absl::StrAppend(&text, "\nlicenses.csv, claims.csv and seats.csv are in ", Printable(out_),
                    "\n");
  }
  return text;
}

ExitCode ReconcileVerb::RunRemotely(Console& console) const {
  for (const char* flag : {"--out", "--threads"}) {
    if (app_->count(flag) == 0) continue;
    return console.Fail(absl::StrCat(flag, " needs --from"), ExitCode::kUsage);
  }
  const std::string tenant = connection_.Tenant();
  if (tenant.empty()) {
    return console.Fail("name a folder with --from DIR, or a tenant with --tenant ID",
                        ExitCode::kUsage);
  }
  const absl::StatusOr<std::unique_ptr<Client>> client = connection_.Connect();
  if (absl::IsInvalidArgument(client.status())) {
    return console.Fail(Printable(client.status().message()), ExitCode::kUsage);
  }
  if (!client.ok()) return ReportCallError(client.status(), console);
  return ReconcileRemotely(**client, tenant,
                           output_ == "json" ? OutputForm::kJson : OutputForm::kTable, console);
}

ExitCode ReconcileVerb::Run(Console& console) {
  if (app_->count("--from") == 0) return RunRemotely(console);
  for (const char* flag : {"--server", "--db", "--tenant", "--tls-ca"}) {
    if (app_->count(flag) == 0) continue;
    return console.Fail(absl::StrCat("--from and ", flag, " are two sources; name one"),
                        ExitCode::kUsage);
  }
  const ExitCode folders = CheckFolders(console);
  if (folders != ExitCode::kOk) return folders;
  Reconciliation run(threads_);
  const bool accepted = [&] {
    ProgressBar bar(console, "read", WorkUnit::kBytes);
    return run.Read(from_, bar.callback());
  }();
  if (!accepted) return Reject(run.report(), console);
  run.Derive();
  if (run.report().files.empty()) {
    console.Warn(absl::StrCat("'", Printable(from_), "' has none of the files of a tenant"));
  }
  ShowWarnings(run.warnings(), console);
  const absl::Status written = Write(run, console);
  if (!written.ok()) return console.Fail(written);
  return console.Print(Answer(run, console.out()));
}

}  // namespace

std::unique_ptr<Verb> MakeReconcileVerb() { return std::make_unique<ReconcileVerb>(); }

}  // namespace seatwise::cli
