#include "cli/demo.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/process_stats.h"
#include "base/status_macros.h"
#include "cli/contoso_files.h"
#include "cli/demo_report.h"
#include "cli/reconciliation.h"
#include "cli/rejection.h"
#include "cli/temp_folder.h"
#include "cli/text.h"
#include "interchange/reader.h"

namespace seatwise::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostColumns = 100;  // Longer lines are hard to read.
constexpr absl::string_view kExplained = "priya.raman";

class DemoVerb final : public Verb {
 public:
  CLI::App* Declare(CLI::App& parent) override;
  ExitCode Run(Console& console) override;

 private:
  ExitCode RunIn(const std::string& folder, Console& console) const;
  std::string WhatNext(const Console& console) const;

  std::string keep_;
};

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("cannot make the folder '", path, "': ", error.message()));
}

absl::Status WriteExample(const std::string& folder) {
  SEATWISE_RETURN_IF_ERROR(MakeFolder(folder));
  for (const EmbeddedFile& file : ContosoFiles()) {
    const std::string path = absl::StrCat(folder, "/", file.name);
    std::ofstream stream(path, std::ios::binary);
    stream.write(file.content.data(), static_cast<std::streamsize>(file.content.size()));
    stream.close();
    if (!stream) {
      return absl::FailedPreconditionError(
          absl::StrCat("cannot write '", path, "': ", std::strerror(errno)));
    }
  }
  return absl::OkStatus();
}

CLI::App* DemoVerb::Declare(CLI::App& parent) {
  CLI::App* verb = parent.add_subcommand("demo", "See it work on a small example tenant");
  verb->add_option("--keep", keep_, "Keep the example and its answers in DIR")->type_name("DIR");
  verb->footer(
      "Without --keep everything happens in a temporary folder, which is removed.\n"
      "\n"
      "Examples:\n"
      "  seatwise demo\n"
      "  seatwise demo --keep contoso");
  return verb;
}

std::string DemoVerb::WhatNext(const Console& console) const {
  const Style& style = console.out();
  const std::string program = Printable(console.program());
  const std::string folder = keep_.empty() ? "contoso" : Printable(keep_);
  const auto command = [&](absl::string_view arguments) {
    return absl::StrCat("  ", style.Paint(Ink::kStrong, absl::StrCat(program, " ", arguments)),
                        "\n");
  };
  return absl::StrCat(
      "\n", style.Paint(Ink::kStrong, "WHAT TO TRY NEXT"), "\n\n",
      keep_.empty() ? command("demo --keep contoso")
                    : absl::StrCat("  The facts are in ", folder, "/facts, the answers in ", folder,
                                   "/answers.\n"),
      "    Then change a fact, for example\n"
      "    · in tenant.json, SKU_INDEPENDENT: SKUs of one group no longer fall together\n"
      "    · in subscriptions.csv, 29 units of contoso-e5: nobody waits for SPE_E5\n"
      "    · in users.csv, a usage_location for derek.owens: his claims are granted\n"
      "    and see what follows:\n",
      command(absl::StrCat("reconcile --from ", folder, "/facts --out ", folder, "/answers")),
      command("--help"));
}

ExitCode DemoVerb::RunIn(const std::string& folder, Console& console) const {
  const std::string facts_folder = folder + "/facts";
  const absl::Status made = WriteExample(facts_folder);
  if (!made.ok()) return console.Fail(made);
  Reconciliation run(AvailableProcessors());
  if (!run.Read(facts_folder, {})) return ReportRejection(run.report(), facts_folder, console);
  run.Derive();
  const absl::Status written = run.Write(folder + "/answers", {});
  if (!written.ok()) return console.Fail(written);
  // Columns have no names of users and groups.
  ReadReport report;
  const std::optional<Facts> facts = ReadFacts(facts_folder, report);
  if (!facts.has_value()) return ReportRejection(report, facts_folder, console);
  const Style style = console.out().Narrowed(kMostColumns);
  return console.Print(absl::StrCat(DemoReport(run, *facts, kExplained, style), WhatNext(console)));
}

ExitCode DemoVerb::Run(Console& console) {
  if (keep_.empty()) {
    const absl::StatusOr<TempFolder> folder = TempFolder::Make();
    return folder.ok() ? RunIn(folder->path(), console) : console.Fail(folder.status());
  }
  std::error_code error;
  if (fs::exists(keep_, error) && !fs::is_empty(keep_, error)) {
    return console.Fail(
        absl::StrCat("'", Printable(keep_), "' is not empty; name a new folder for the example"));
  }
  return RunIn(keep_, console);
}

}  // namespace

std::unique_ptr<Verb> MakeDemoVerb() { return std::make_unique<DemoVerb>(); }

}  // namespace seatwise::cli
