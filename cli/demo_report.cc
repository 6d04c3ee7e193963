#include "cli/demo_report.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/executor.h"
#include "cli/cause_text.h"
#include "cli/explain_tree.h"
#include "cli/paragraph.h"
#include "cli/seat_bars.h"
#include "cli/summary.h"
#include "cli/text.h"
#include "engine/model/facts.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostPlansNamed = 3;

std::string Heading(const Style& style, absl::string_view text, absl::string_view legend) {
  return absl::StrCat("\n", style.Paint(Ink::kStrong, text), legend.empty() ? "" : "   ",
                      style.Paint(Ink::kFaint, legend), "\n\n");
}

std::string Figures(const Summary& s, double seconds, const Style& style) {
  return absl::StrCat(
      Paragraph(
          "",
          absl::StrCat(Counted(s.users, "user"), ", ", Counted(s.groups, "group"), " (",
                       Grouped(s.licensed_groups), " licensed, nested), ", Counted(s.skus, "SKU"),
                       " with ", Counted(s.service_plans, "service plan"), "."),
          2, style),
      Paragraph("",
                absl::StrCat(Counted(s.claims.granted + s.claims.rejected, "claim"), ": ",
                             Grouped(s.claims.granted), " granted, ", Grouped(s.claims.rejected),
                             " rejected, of ", Counted(s.claims.users_with_errors, "user"), "."),
                2, style),
      absl::StrFormat("  Imported into a new database, derived and asked for in %.0f ms.\n",
                      seconds * 1e3));
}

GraceSeats GraceOf(const Facts& facts) {
  GraceSeats grace;
  for (const Subscription& subscription : facts.subscriptions) {
    if (subscription.status == SubscriptionStatus::kWarning && !subscription.self_service) {
      grace[subscription.sku] += subscription.units;
    }
  }
  return grace;
}

}  // namespace

std::string DemoReport(const DemoFindings& findings, const Style& style) {
  InlineExecutor executor;
  const Summary summary = Summarize(findings.state, executor);
  const v1::ExplainLicenseResponse& explained = findings.explained;
  return absl::StrCat(
      style.Paint(Ink::kStrong, "Contoso"),
      ", a made-up company with Microsoft's real products and plans\n\n",
      Figures(summary, findings.seconds, style),
      Heading(style, "SEATS", "█ held  ▓ held beyond what was bought  × waiting  ░ free"),
      SeatBars(summary, GraceOf(findings.state.facts()), style),
      Heading(style, "WHY CLAIMS ARE REJECTED", ""), CausesText(findings.causes, style),
      Heading(style, "ONE USER EXPLAINED", ""), ExplainHeader(explained.user(), style), "\n",
      ExplainTree(explained, {.most_plans_named = kMostPlansNamed, .fixes = true}, style));
}

}  // namespace seatwise::cli
