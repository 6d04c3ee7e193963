#include "cli/report.h"

#include <utility>
#include <vector>

#include "cli/noun_verb.h"
#include "cli/remote_verb.h"
#include "cli/report_html.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeReportVerb() {
  std::vector<std::unique_ptr<RemoteVerb>> words;
  words.push_back(MakeReportHtmlWord());
  return MakeNounVerb("report", "Reports that operators read",
                      "  seatwise report html licenses.html\n"
                      "  seatwise report html licenses.html --no-fixes",
                      std::move(words));
}

}  // namespace seatwise::cli
