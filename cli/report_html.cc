#include "cli/report_html.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "cli/call_error.h"
#include "cli/html_page.h"
#include "cli/page_data.h"
#include "cli/page_flags.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

// A file that is there is replaced.
absl::Status WriteFile(const std::string& path, const std::string& content) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (stream) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("cannot write '", path, "': ", std::strerror(errno)));
}

class ReportHtmlWord final : public RemoteVerb {
 public:
  ReportHtmlWord()
      : RemoteVerb(
            {.name = "html",
             .description = "Write a page with seats, causes and users, for a browser",
             .examples = "  seatwise report html licenses.html\n"
                         "  seatwise report html licenses.html --days 30 --attribute department"},
            TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("OUT.html", out_, "The file to write or to replace")->required()->type_name("");
    page_.Declare(verb);
  }

  ExitCode Check(Console& console) override { return page_.Check(console); }

  ExitCode Do(Session& session) override {
    if (session.form != OutputForm::kTable) {
      return session.console.Fail("a page is HTML; -o is for the other reports", ExitCode::kUsage);
    }
    PageRequest request = {
        .tenant = session.tenant,
        .place = {.program = "seatwise", .flags = session.place},
        .made_at = SystemClock().Now(),
    };
    page_.ApplyTo(request);
    const absl::StatusOr<std::string> json = PageJson(session.client, request);
    if (!json.ok()) return ReportCallError(json.status(), session.console);
    const std::string page = HtmlPage(*json, PageUse::kFile);
    const absl::Status written = WriteFile(out_, page);
    if (!written.ok()) return session.console.Fail(written);
    return session.console.Print(absl::StrCat("'", Printable(out_), "' written, ",
                                              HumanBytes(static_cast<int64_t>(page.size())),
                                              ": open it in a browser\n"));
  }

  std::string out_;
  PageFlags page_;
};

}  // namespace

std::unique_ptr<RemoteVerb> MakeReportHtmlWord() { return std::make_unique<ReportHtmlWord>(); }

}  // namespace seatwise::cli
