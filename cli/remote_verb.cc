#include "cli/remote_verb.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/call_error.h"
#include "cli/text.h"

namespace seatwise::cli {

CLI::App* RemoteVerb::Declare(CLI::App& parent) {
  app_ = parent.add_subcommand(words_.name, words_.description);
  DeclareOwn(*app_);
  output_.Declare(*app_, words_.lists);
  connection_.Declare(*app_, tenant_ != TenantUse::kNone);
  app_->footer(absl::StrCat("Examples:\n", words_.examples));
  return app_;
}

bool RemoteVerb::parsed() const { return app_->parsed(); }

ExitCode RemoteVerb::Check(Console&) { return ExitCode::kOk; }

ExitCode RemoteVerb::Run(Console& console) {
  const ExitCode checked = Check(console);
  if (checked != ExitCode::kOk) return checked;
  const std::string tenant = tenant_ == TenantUse::kNone ? "" : connection_.Tenant();
  if (tenant.empty() && tenant_ == TenantUse::kOne) {
    return console.Fail("name a tenant with --tenant ID", ExitCode::kUsage);
  }
  const absl::StatusOr<std::unique_ptr<Client>> client = connection_.Connect();
  if (absl::IsInvalidArgument(client.status())) {
    return console.Fail(Printable(client.status().message()), ExitCode::kUsage);
  }
  if (!client.ok()) return ReportCallError(client.status(), console);
  Session session = {.client = **client,
                     .console = console,
                     .form = output_.choice(),
                     .tenant = tenant,
                     .place = connection_.Typed()};
  return Do(session);
}

}  // namespace seatwise::cli
