#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/version.h"
#include "cli/admin.h"
#include "cli/apply.h"
#include "cli/assign.h"
#include "cli/catalog_convert.h"
#include "cli/completion.h"
#include "cli/demo.h"
#include "cli/explain.h"
#include "cli/export.h"
#include "cli/group.h"
#include "cli/help.h"
#include "cli/help_verb.h"
#include "cli/import.h"
#include "cli/licenses.h"
#include "cli/member.h"
#include "cli/plan.h"
#include "cli/reconcile.h"
#include "cli/report.h"
#include "cli/seats.h"
#include "cli/service_plan.h"
#include "cli/sku.h"
#include "cli/status.h"
#include "cli/subscription.h"
#include "cli/tenant.h"
#include "cli/text.h"
#include "cli/ui.h"
#include "cli/unassign.h"
#include "cli/user.h"
#include "cli/violations.h"
#include "cli/watch.h"
#include "interchange/nearest_name.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostEdits = 3;  // Between what was typed and what is suggested.

// A verb with the part of the command line that names it.
struct DeclaredVerb {
  std::unique_ptr<Verb> verb;
  CLI::App* app = nullptr;
};

std::vector<DeclaredVerb> DeclareVerbs(CLI::App& app) {
  std::vector<DeclaredVerb> verbs;
  verbs.push_back({.verb = MakeReconcileVerb()});
  verbs.push_back({.verb = MakeDemoVerb()});
  verbs.push_back({.verb = MakeCatalogConvertVerb()});
  for (const auto make :
       {MakeTenantVerb,       MakeImportVerb,   MakeExportVerb,     MakeUserVerb,
        MakeGroupVerb,        MakeMemberVerb,   MakeSkuVerb,        MakeServicePlanVerb,
        MakeSubscriptionVerb, MakeAssignVerb,   MakeUnassignVerb,   MakePlanVerb,
        MakeApplyVerb,        MakeLicensesVerb, MakeExplainVerb,    MakeViolationsVerb,
        MakeSeatsVerb,        MakeReportVerb,   MakeUiVerb,         MakeWatchVerb,
        MakeStatusVerb,       MakeAdminVerb,    MakeCompletionVerb, MakeHelpVerb}) {
    verbs.push_back({.verb = make()});
  }
  for (DeclaredVerb& declared : verbs) declared.app = declared.verb->Declare(app);
  return verbs;
}

void DeclareProgram(CLI::App& app) {
  app.name("seatwise");
  app.description("Seatwise: who gets which license, what conflicts, and where seats run out");
  app.formatter(MakeHelpFormatter());
  app.set_version_flag("--version", absl::StrCat("seatwise ", kVersion), "Print the version");
  app.set_help_flag("-h,--help", "Print this help");
  app.require_subcommand(1);
  app.footer(
      "Exit codes:\n"
      "  0  done\n"
      "  1  failed: a folder is missing, a disk is full, ...\n"
      "  2  wrong usage\n"
      "  3  what was named does not exist\n"
      "  4  what is there does not allow it, or is there already\n"
      "  5  no server answers, or it cannot at the moment\n"
      "  6  the server does not allow it\n"
      "  7  the input was rejected; nothing was written\n"
      "\n"
      "Examples:\n"
      "  seatwise demo\n"
      "  seatwise reconcile --from examples/contoso --out answers");
}

// The part of the command line that was being read at last.
const CLI::App& Innermost(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().back();
  return *at;
}

std::vector<std::string> FlagsOf(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
  }
  return flags;
}

std::vector<std::string> VerbsOf(const CLI::App& app) {
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands({})) verbs.push_back(verb->get_name());
  return verbs;
}

// "; did you mean 'demo'?", or nothing.
std::string DidYouMean(const std::string& typed, const std::vector<std::string>& known) {
  const std::vector<absl::string_view> names(known.begin(), known.end());
  const std::optional<absl::string_view> nearest = NearestName(typed, names, kMostEdits);
  return nearest.has_value() ? absl::StrCat("; did you mean '", *nearest, "'?") : "";
}

// What to say of an argument that nothing in `app` takes.
std::string Unexpected(const CLI::App& app, const std::string& argument) {
  const std::string shown = Printable(argument);
  if (absl::StartsWith(argument, "-")) {
    const std::string flag = argument.substr(0, argument.find('='));
    return absl::StrCat("unknown flag '", Printable(flag), "'", DidYouMean(flag, FlagsOf(app)));
  }
  const std::vector<std::string> verbs = VerbsOf(app);
  if (verbs.empty()) {
    return absl::StrCat("'", shown, "' is one argument too many for '", app.get_name(), "'");
  }
  return absl::StrCat("unknown verb '", shown, "'", DidYouMean(argument, verbs));
}

std::string FullName(const CLI::App& app) {
  if (app.get_parent() == nullptr) return app.get_name();
  return absl::StrCat(FullName(*app.get_parent()), " ", app.get_name());
}

// CLI11 says "--threads: 1 required N missing".
std::string NeedsValue(const CLI::ParseError& error) {
  const std::string text = Printable(error.what());
  return absl::StrCat(text.substr(0, text.find(':')), " needs one value");
}

// The innermost part first: what a wrong verb leaves behind is the verb's fault.
std::string WhatIsWrong(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& inner = Innermost(app);
  for (const CLI::App* at = &inner; at != nullptr; at = at->get_parent()) {
    const std::vector<std::string> unexpected = at->remaining();
    if (!unexpected.empty()) return Unexpected(*at, unexpected.front());
  }
  const std::vector<std::string> verbs = VerbsOf(inner);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) return NeedsValue(error);
  if (verbs.empty()) return Printable(error.what());
  return absl::StrCat("name a verb: ", Enumerated(verbs));
}

ExitCode Complain(const CLI::App& app, const CLI::ParseError& error, Console& console) {
  return console.Fail(
      absl::StrCat(WhatIsWrong(app, error), "\nTry '", FullName(Innermost(app)), " --help'."),
      ExitCode::kUsage);
}

// The answer if the command line asks for no verb: help, version, or what is wrong with it.
std::optional<ExitCode> Parse(CLI::App& app, int argc, const char* const* argv, Console& console) {
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    return console.Print(app.help());
  } catch (const CLI::CallForVersion&) {
    return console.Print(absl::StrCat(app.version(), "\n"));
  } catch (const CLI::ParseError& error) {
    return Complain(app, error, console);
  }
}

}  // namespace

ExitCode RunCommandLine(int argc, const char* const* argv, Console& console) {
  CLI::App app;
  DeclareProgram(app);
  const std::vector<DeclaredVerb> verbs = DeclareVerbs(app);
  const std::optional<ExitCode> answered = Parse(app, argc, argv, console);
  if (answered.has_value()) return *answered;
  for (const DeclaredVerb& declared : verbs) {
    if (declared.app->parsed()) return declared.verb->Run(console);
  }
  return ExitCode::kUsage;  // Not reached: a verb is required.
}

}  // namespace seatwise::cli
