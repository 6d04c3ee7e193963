#include "cli/summary_text.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/types/span.h"
#include "cli/table.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostRows = 15;

// A line of a list of figures.
struct Figure {
  int64_t number = 0;
  std::string name;
};

std::string Heading(const Style& style, absl::string_view text) {
  return absl::StrCat(style.Paint(Ink::kStrong, text), "\n");
}

std::string Figures(absl::Span<const Figure> figures) {
  size_t width = 0;
  for (const Figure& figure : figures) width = std::max(width, Grouped(figure.number).size());
  std::string text;
  for (const Figure& figure : figures) {
    absl::StrAppend(&text, "  ", PadLeft(Grouped(figure.number), width), "  ", figure.name, "\n");
  }
  return text;
}

std::string TenantText(const Summary& s, const Style& style) {
  return absl::StrCat(
      Heading(style, "Facts"),
      Figures(
          {{s.users, "users"},
           {s.groups, absl::StrCat("groups, ", Grouped(s.licensed_groups), " of them licensed")},
           {s.user_memberships + s.group_memberships,
            absl::StrCat("memberships, ", Grouped(s.group_memberships),
                         " of them groups in groups")},
           {s.direct_assignments + s.group_assignments,
            absl::StrCat("assignments, ", Grouped(s.direct_assignments), " of them direct")},
           {s.skus, absl::StrCat("SKUs with ", Counted(s.service_plans, "service plan"))}}));
}

std::string ClaimsText(const Summary& s, const Style& style) {
  const ClaimCounts& claims = s.claims;
  return absl::StrCat(
      Heading(style, "Claims"),
      Figures({{claims.granted + claims.rejected, "claims"},
               {claims.granted, "granted"},
               {claims.rejected, "rejected"},
               {claims.users_with_claims, "users with a claim"},
               {claims.users_with_errors, "users with a rejected claim"},
               {s.users_without_license, "users that asked and hold nothing"},
               {s.users_active_with_error, "users that hold a SKU with an error"}}));
}

std::string LicensesText(const Summary& s, const Style& style) {
  std::vector<Figure> figures;
  for (int i = 0; i < kLicenseStates; ++i) {
    const auto state = static_cast<LicenseState>(i);
    figures.push_back({s.licenses[static_cast<size_t>(i)], std::string(LicenseStateName(state))});
  }
  return absl::StrCat(Heading(style, "Licenses, by state"), Figures(figures));
}

std::string ViolationsText(const Summary& s, const Style& style) {
  std::vector<Figure> figures;
  for (int i = 0; i < kViolationCodes; ++i) {
    const auto code = static_cast<ViolationCode>(i);
    const int64_t items = s.claims.items_by_code[static_cast<size_t>(i)];
    if (items > 0) figures.push_back({items, std::string(ViolationName(code))});
  }
  if (figures.empty()) return Heading(style, "No violations");
  return absl::StrCat(Heading(style, "Rejected items, by violation"), Figures(figures));
}

std::string NameOf(const NamedSeats& seats) {
  return Printable(seats.part_number.empty() ? seats.display_name : seats.part_number);
}

std::string More(size_t rows) {
  if (rows <= kMostRows) return "";
  return absl::StrCat("  and ", Grouped(static_cast<int64_t>(rows - kMostRows)), " more\n");
}

absl::Span<const NamedSeats> First(const std::vector<NamedSeats>& ranked) {
  return absl::MakeConstSpan(ranked).first(std::min(ranked.size(), kMostRows));
}

std::string ShortText(const Summary& s, const Style& style) {
  const std::vector<NamedSeats> ranked = ShortSeats(s);
  if (ranked.empty()) return Heading(style, "No SKU is short of seats");
  Table table({{.title = "SKU", .may_shrink = true},
               {.title = "id"},
               {.title = "usable", .is_number = true},
               {.title = "held", .is_number = true},
               {.title = "waiting", .is_number = true},
               {.title = "overrun", .is_number = true}});
  for (const NamedSeats& seats : First(ranked)) {
    table.AddRow({NameOf(seats), Printable(seats.usage.sku.value()), Grouped(seats.usage.usable),
                  Grouped(seats.usage.consumed), Grouped(seats.usage.waiting),
                  Grouped(seats.usage.overrun())});
  }
  return absl::StrCat(Heading(style, "SKUs that are short of seats"), table.Render(style),
                      More(ranked.size()));
}

std::string UnusedText(const Summary& s, const Style& style) {
  const std::vector<NamedSeats> ranked = UnusedSeats(s);
  if (ranked.empty()) return Heading(style, "No seat is unused");
  Table table({{.title = "SKU", .may_shrink = true},
               {.title = "id"},
               {.title = "usable", .is_number = true},
               {.title = "held", .is_number = true},
               {.title = "unused", .is_number = true}});
  for (const NamedSeats& seats : First(ranked)) {
    table.AddRow({NameOf(seats), Printable(seats.usage.sku.value()), Grouped(seats.usage.usable),
                  Grouped(seats.usage.consumed), Grouped(seats.usage.available())});
  }
  return absl::StrCat(Heading(style, "SKUs with unused seats"), table.Render(style),
                      More(ranked.size()));
}

}  // namespace

std::string SummaryText(const Summary& summary, const Style& style) {
  return absl::StrCat(TenantText(summary, style), "\n", ClaimsText(summary, style), "\n",
                      LicensesText(summary, style), "\n", ViolationsText(summary, style), "\n",
                      ShortText(summary, style), "\n", UnusedText(summary, style));
}

std::string StagesText(const Reconciliation& run, const Style& style) {
  Table table({{.title = "stage"},
               {.title = "seconds", .is_number = true},
               {.title = "peak memory so far", .is_number = true}});
  const auto add = [&table](absl::string_view name, const StageFigures& figures) {
    if (figures.peak_bytes == 0) return;
    table.AddRow({std::string(name), absl::StrFormat("%.3f", figures.seconds),
                  HumanBytes(figures.peak_bytes)});
  };
  add("read", run.read());
  add("derive", run.derive());
  add("write", run.write());
  return table.Render(style);
}

}  // namespace seatwise::cli
