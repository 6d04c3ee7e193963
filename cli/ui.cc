#include "cli/ui.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/explain_tree.h"
#include "cli/html_page.h"
#include "cli/noun_verb.h"
#include "cli/page_data.h"
#include "cli/page_flags.h"
#include "cli/remote_verb.h"
#include "cli/style.h"
#include "cli/ui_pages.h"
#include "seatwise/v1/explain_service.pb.h"
#include "service/http_server.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kPageColumns = 88;  // Of an explanation in the dialog.
constexpr size_t kMostPlansNamed = 12;
constexpr int kMostPort = 65535;

// Asks the server for what the pages show. Any thread; the client is asked one thing at a time.
class LiveTenant {
 public:
  LiveTenant(Client& client, PageRequest request) : client_(client), request_(std::move(request)) {}

  absl::StatusOr<std::string> Revision() {
    MutexLock lock(&mutex_);
    SEATWISE_ASSIGN_OR_RETURN(const int64_t revision, PresentRevision(client_, request_.tenant));
    return absl::StrCat(revision);
  }

  // Made once for each revision.
  absl::StatusOr<std::string> Page() {
    MutexLock lock(&mutex_);
    SEATWISE_ASSIGN_OR_RETURN(const int64_t revision, PresentRevision(client_, request_.tenant));
    if (revision != revision_) {
      request_.made_at = SystemClock().Now();
      SEATWISE_ASSIGN_OR_RETURN(const std::string json, PageJson(client_, request_));
      page_ = HtmlPage(json, PageUse::kServed);
      revision_ = revision;
    }
    return page_;
  }

  absl::StatusOr<std::string> Explain(const std::string& user) {
    MutexLock lock(&mutex_);
    v1::ExplainLicenseRequest request;
    request.set_name(ChildName(request_.tenant, "users", user));
    request.set_include_fixes(request_.fixes);
    SEATWISE_ASSIGN_OR_RETURN(const auto explained,
                              client_.Call<v1::ExplainLicenseResponse>(
                                  "seatwise.v1.ExplainService/ExplainLicense", request));
    const Style style(/*colour=*/false, kPageColumns);
    const std::string tree = ExplainTree(
        explained, {.most_plans_named = kMostPlansNamed, .fixes = request_.fixes}, style);
    return absl::StrCat(
        ExplainHeader(explained.user(), style), "\n",
        tree.empty() ? "Nothing is assigned, neither directly nor by a group." : tree);
  }

 private:
  Client& client_;
  Mutex mutex_;
  PageRequest request_ SEATWISE_GUARDED_BY(mutex_);
  int64_t revision_ SEATWISE_GUARDED_BY(mutex_) = 0;  // Of page_.
  std::string page_ SEATWISE_GUARDED_BY(mutex_);
};

// What Ctrl-C writes to.
int stop_descriptor = -1;

void OnStop(int) {
  const int kept = errno;
  static_cast<void>(write(stop_descriptor, "", 1) == 1);
  errno = kept;
}

// Waits for Ctrl-C or SIGTERM, from the construction on. A second one ends the process at once.
class StopSignal {
 public:
  StopSignal() {
    if (pipe(pipe_.data()) != 0) return;  // Then a signal ends the process, as without this.
    stop_descriptor = pipe_[1];
    struct sigaction action = {};
    action.sa_handler = OnStop;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
  }
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  void Await() const {
    char byte = 0;
    while (read(pipe_[0], &byte, 1) < 0 && errno == EINTR) {
    }
  }

 private:
  std::array<int, 2> pipe_ = {-1, -1};
};

class UiWord final : public RemoteVerb {
 public:
  UiWord()
      : RemoteVerb({.name = "ui",
                    .description = "Show the page of 'report html' live, in a browser",
                    .examples = "  seatwise ui --server 127.0.0.1:7480 --tenant contoso\n"
                                "  seatwise ui --db data --tenant contoso --port 8080"},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--port", port_, "Listen there, on 127.0.0.1; 0: on a free one")
        ->type_name("PORT")
        ->check(CLI::Range(0, kMostPort).description(""))
        ->capture_default_str();
    page_.Declare(verb);
  }

  ExitCode Check(Console& console) override { return page_.Check(console); }

  ExitCode Do(Session& session) override {
    if (session.form != OutputForm::kTable) {
      return session.console.Fail("a page is HTML; -o is for other verbs", ExitCode::kUsage);
    }
    PageRequest request = {.tenant = session.tenant,
                           .place = {.program = "seatwise", .flags = session.place},
                           .served = true};
    page_.ApplyTo(request);
    LiveTenant tenant(session.client, std::move(request));
    const absl::StatusOr<std::string> there = tenant.Revision();
    if (!there.ok()) return ReportCallError(there.status(), session.console);
    return Serve(tenant, session.console);
  }

  ExitCode Serve(LiveTenant& tenant, Console& console) const {
    UiPages pages(NewUiSecret(), NewUiSecret(),
                  {.page = [&] { return tenant.Page(); },
                   .revision = [&] { return tenant.Revision(); },
                   .explain = [&](const std::string& user) { return tenant.Explain(user); }});
    const StopSignal stop;
    const absl::StatusOr<std::unique_ptr<HttpServer>> server =
        HttpServer::StartForAll(absl::StrCat("127.0.0.1:", port_),
                                [&](const HttpRequest& request) { return pages.Answer(request); });
    if (!server.ok()) return console.Fail(server.status());
    pages.ServeAt((*server)->port());
    const ExitCode printed = console.Print(pages.Address() + "\n");
    if (printed != ExitCode::kOk) return printed;
    console.Note("Open it in a browser of this machine; it is good once. Ctrl-C ends this.\n");
    stop.Await();
    return ExitCode::kOk;
  }

  int port_ = 0;
  PageFlags page_;
};

}  // namespace

std::unique_ptr<Verb> MakeUiVerb() { return MakePlainVerb(std::make_unique<UiWord>()); }

}  // namespace seatwise::cli
