#include "cli/demo.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/executor.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/cause_list.h"
#include "cli/client.h"
#include "cli/contoso_files.h"
#include "cli/demo_report.h"
#include "cli/folder_import.h"
#include "cli/remote_state.h"
#include "cli/temp_folder.h"
#include "cli/text.h"
#include "interchange/derived_writer.h"
#include "interchange/read_report.h"
#include "seatwise/v1/explain_service.pb.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostColumns = 100;  // Longer lines are hard to read.
constexpr int kMostUsersNamed = 12;   // Of each cause.
constexpr absl::string_view kExplained = "priya.raman";
constexpr char kTenant[] = "contoso";

class DemoVerb final : public Verb {
 public:
  CLI::App* Declare(CLI::App& parent) override;
  ExitCode Run(Console& console) override;

 private:
  // What the server answers.
  struct Answers {
    std::unique_ptr<const RemoteState> state;
    v1::ListViolationCausesResponse causes;
    v1::ExplainLicenseResponse explained;
  };
  static absl::StatusOr<Answers> Serve(const std::string& folder);
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
                                   "/answers,\n  the database in ", folder, "/db.\n"),
      "    Then change a fact, for example\n"
      "    · in tenant.json, SKU_INDEPENDENT: SKUs of one group no longer fall together\n"
      "    · in subscriptions.csv, 29 units of contoso-e5: nobody waits for SPE_E5\n"
      "    · in users.csv, a usage_location for derek.owens: his claims are granted\n"
      "    and see what follows:\n",
      command(absl::StrCat("reconcile --from ", folder, "/facts --out ", folder, "/answers")),
      "    Or ask the database\n",
      command(absl::StrCat("violations --db ", folder, "/db --tenant contoso")),
      command(absl::StrCat("explain derek.owens --db ", folder, "/db --tenant contoso")),
      command("--help"));
}

// The facts go into a new database, through the server and back, as those of any tenant do.
absl::StatusOr<DemoVerb::Answers> DemoVerb::Serve(const std::string& folder) {
  SEATWISE_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                            Client::Connect({.server = "", .tls_ca = "", .db = folder + "/db"}));
  SEATWISE_RETURN_IF_ERROR(EnsureTenant(*client, kTenant));
  v1::ImportRequest::Finish finish;
  finish.set_mode(v1::ImportRequest::Finish::SNAPSHOT);
  ReadReport report;
  SEATWISE_RETURN_IF_ERROR(
      ImportFolder(*client, kTenant, folder + "/facts", finish, report, {}).status());
  Answers answers;
  SEATWISE_ASSIGN_OR_RETURN(answers.state, RemoteState::Load(*client, kTenant));
  v1::ListViolationCausesRequest why;
  why.set_parent(TenantName(kTenant));
  why.set_sample_size(kMostUsersNamed);
  SEATWISE_ASSIGN_OR_RETURN(answers.causes, ListCauses(*client, why));
  v1::ExplainLicenseRequest request;
  request.set_name(ChildName(kTenant, "users", kExplained));
  request.set_include_fixes(true);
  SEATWISE_ASSIGN_OR_RETURN(answers.explained,
                            client->Call<v1::ExplainLicenseResponse>(
                                "seatwise.v1.ExplainService/ExplainLicense", request));
  return answers;
}

ExitCode DemoVerb::RunIn(const std::string& folder, Console& console) const {
  const absl::Status made = WriteExample(folder + "/facts");
  if (!made.ok()) return console.Fail(made);
  const Stopwatch stopwatch;
  const absl::StatusOr<Answers> answers = Serve(folder);
  if (!answers.ok()) return ReportCallError(answers.status(), console);
  const double seconds = stopwatch.Seconds();
  InlineExecutor executor;
  const absl::Status written = WriteDerived(*answers->state, folder + "/answers", executor);
  if (!written.ok()) return console.Fail(written);
  const Style style = console.out().Narrowed(kMostColumns);
  return console.Print(absl::StrCat(
      DemoReport({*answers->state, seconds, answers->causes, answers->explained}, style),
      WhatNext(console)));
}

ExitCode DemoVerb::Run(Console& console) {
  if (keep_.empty()) {
    const absl::StatusOr<std::string> folder = MakeTempFolder();
    return folder.ok() ? RunIn(*folder, console) : console.Fail(folder.status());
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
