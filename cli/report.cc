#include "cli/report.h"

#include <utility>
#include <vector>

#include "cli/noun_verb.h"
#include "cli/remote_verb.h"
#include "cli/report_assignments.h"
#include "cli/report_costs.h"
#include "cli/report_html.h"
#include "cli/report_trends.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeReportVerb() {
  std::vector<std::unique_ptr<RemoteVerb>> words;
  words.push_back(MakeDoubleAssignmentsReport());
  words.push_back(MakeRedundantAssignmentsReport());
  words.push_back(MakeOverlappingSkusReport());
  words.push_back(MakeBlockedAndGuestsReport());
  words.push_back(MakeCostsReport());
  words.push_back(MakeRenewalsReport());
  words.push_back(MakeForecastReport());
  words.push_back(MakeChangesReport());
  words.push_back(MakeReportHtmlWord());
  return MakeNounVerb("report", "Reports that operators read",
                      "  seatwise report redundant-assignments\n"
                      "  seatwise report costs --by attribute:department\n"
                      "\n"
                      "Reports that are verbs of their own:\n"
                      "  seats, by subscription    seatwise seats --subscriptions\n"
                      "  users that hold nothing   seatwise licenses --unlicensed\n"
                      "  users with errors         seatwise violations --by user\n"
                      "  the tenant at a glance    seatwise status",
                      std::move(words));
}

}  // namespace seatwise::cli
