// The parts of the page are files in html/; the first line that reads `@NAME@` in page.html is the
// place of each.
#include "cli/html_page.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/check.h"
#include "base/sha256.h"
#include "cli/html_files.h"

namespace seatwise::cli {
namespace {

absl::string_view FileOf(absl::string_view name) {
  for (const EmbeddedFile& file : HtmlFiles()) {
    if (file.name == name) return file.content;
  }
  SEATWISE_CHECK(false);
  return "";
}

// The scripts in their order; one element, so that one digest covers them.
std::string Script() {
  std::string script;
  for (const absl::string_view name :
       {"format.js", "table.js", "details.js", "reports.js", "live.js", "page.js"}) {
    absl::StrAppend(&script, FileOf(name));
  }
  return script;
}

// How a policy names an inline element: by what stands between its tags.
std::string Digest(absl::string_view content) {
  return absl::StrCat("'sha256-", absl::Base64Escape(Sha256Of(content)), "'");
}

}  // namespace

std::string EscapedJson(absl::string_view json) {
  return absl::StrReplaceAll(json, {{"<", "\\u003c"},
                                    {">", "\\u003e"},
                                    {"&", "\\u0026"},
                                    {"\xE2\x80\xA8", "\\u2028"},
                                    {"\xE2\x80\xA9", "\\u2029"}});
}

std::string PagePolicy(PageUse use) {
  return absl::StrCat("default-src 'none'; script-src ", Digest(Script()), "; style-src ",
                      Digest(FileOf("page.css")), "; base-uri 'none'; form-action 'none'",
                      use == PageUse::kServed ? "; connect-src 'self'" : "");
}

std::string HtmlPage(absl::string_view json, PageUse use) {
  return absl::StrReplaceAll(FileOf("page.html"), {{"@POLICY@", PagePolicy(use)},
                                                   {"@STYLE@", FileOf("page.css")},
                                                   {"@DATA@", EscapedJson(json)},
                                                   {"@SCRIPT@", Script()}});
}

}  // namespace seatwise::cli
