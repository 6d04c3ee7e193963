#include "cli/demo_report.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/executor.h"
#include "cli/causes.h"
#include "cli/explain_tree.h"
#include "cli/names.h"
#include "cli/seat_bars.h"
#include "cli/summary.h"
#include "cli/text.h"
#include "engine/model/facts.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostUsersNamed = 12;
constexpr size_t kMostPlansNamed = 3;
constexpr size_t kCountColumns = 12;  // Margin of the causes: "  12 users".

std::string Heading(const Style& style, absl::string_view text, absl::string_view legend) {
  return absl::StrCat("\n", style.Paint(Ink::kStrong, text), legend.empty() ? "" : "   ",
                      style.Paint(Ink::kFaint, legend), "\n\n");
}

std::string Paragraph(absl::string_view text, size_t indent, const Style& style) {
  std::string lines;
  for (const std::string& line : Wrap(text, style.columns() - indent)) {
    absl::StrAppend(&lines, std::string(indent, ' '), line, "\n");
  }
  return lines;
}

std::string Figures(const Summary& s, double seconds, const Style& style) {
  return absl::StrCat(
      Paragraph(
          absl::StrCat(Counted(s.users, "user"), ", ", Counted(s.groups, "group"), " (",
                       Grouped(s.licensed_groups), " licensed, nested), ", Counted(s.skus, "SKU"),
                       " with ", Counted(s.service_plans, "service plan"), "."),
          2, style),
      Paragraph(absl::StrCat(Counted(s.claims.granted + s.claims.rejected, "claim"), ": ",
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

// Names that Wrap keeps on one line.
std::vector<std::string> Unbroken(std::vector<std::string> names) {
  for (std::string& name : names) std::replace(name.begin(), name.end(), ' ', kFirmSpace);
  return names;
}

std::string CauseText(const Cause& cause, const Style& style) {
  std::string what = cause.what;
  if (!cause.fallen.empty()) {
    absl::StrAppend(&what, "; ", Enumerated(cause.fallen), " of the same group ",
                    cause.fallen.size() == 1 ? "falls" : "fall", " with it (Other)");
  }
  if (cause.code == ViolationCode::kCount && cause.users.size() > 1) what += ", in this order";
  const std::string users = Counted(static_cast<int64_t>(cause.users.size()), "user");
  // The count stands in the margin of the first line.
  const std::string front = absl::StrCat("  ", users);
  const std::string lines = Paragraph(what, kCountColumns, style);
  std::string text = absl::StrCat(PadRight(front, kCountColumns), lines.substr(kCountColumns));
  for (const std::string& detail : cause.details) {
    absl::StrAppend(&text, Paragraph(detail, kCountColumns + 2, style));
  }
  const std::string named = EnumeratedUpTo(Unbroken(cause.users), kMostUsersNamed);
  for (const std::string& line : Wrap(named, style.columns() - kCountColumns)) {
    absl::StrAppend(&text, std::string(kCountColumns, ' '), style.Paint(Ink::kFaint, line), "\n");
  }
  return text;
}

std::string CausesText(const std::vector<Cause>& causes, const Style& style) {
  std::string text;
  for (size_t i = 0; i < causes.size(); ++i) {
    if (i == 0 || causes[i].code != causes[i - 1].code) {
      absl::StrAppend(&text, i == 0 ? "" : "\n", "  ",
                      style.Paint(Ink::kBad, ViolationName(causes[i].code)), "\n");
    }
    absl::StrAppend(&text, CauseText(causes[i], style));
  }
  return text;
}

}  // namespace

std::string DemoReport(const RemoteState& state, double seconds,
                       const v1::ExplainLicenseResponse& explained, const Style& style) {
  InlineExecutor executor;
  const Summary summary = Summarize(state, executor);
  const Names names(state.facts());
  return absl::StrCat(
      style.Paint(Ink::kStrong, "Contoso"),
      ", a made-up company with Microsoft's real products and plans\n\n",
      Figures(summary, seconds, style),
      Heading(style, "SEATS", "█ held  ▓ held beyond what was bought  × waiting  ░ free"),
      SeatBars(summary, GraceOf(state.facts()), style),
      Heading(style, "WHY CLAIMS ARE REJECTED", ""), CausesText(FindCauses(state, names), style),
      Heading(style, "ONE USER EXPLAINED", ""), ExplainHeader(explained.user(), style), "\n",
      ExplainTree(explained, {.most_plans_named = kMostPlansNamed, .fixes = true}, style));
}

}  // namespace seatwise::cli
