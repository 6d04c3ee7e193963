#include "cli/impact_text.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cli/field_value.h"
#include "cli/paragraph.h"
#include "cli/table.h"
#include "cli/text.h"
#include "engine/model/ids.h"
#include "google/protobuf/repeated_field.h"

namespace seatwise::cli {
namespace {

constexpr int kMostRows = 15;
constexpr size_t kMostUsersNamed = 6;
constexpr size_t kMostPlansNamed = 4;
constexpr size_t kCountColumns = 14;  // Margin of what is grouped: "  1,234 users".
constexpr size_t kLabelColumns = 14;  // "  Violations".

std::string Heading(absl::string_view text, const Style& style) {
  return absl::StrCat("\n", style.Paint(Ink::kStrong, text), "\n");
}

std::string Line(absl::string_view label, absl::string_view text, const Style& style,
                 std::optional<Ink> ink = std::nullopt) {
  return Paragraph(absl::StrCat("  ", label), text, kLabelColumns, style, ink);
}

std::string More(int64_t rows) {
  return rows > 0 ? absl::StrCat("  and ", Grouped(rows), " more\n") : "";
}

// "5.5 %", and never 0 for something.
std::string Share(int64_t part, int64_t whole) {
  if (whole == 0) return "0 %";
  const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  if (part > 0 && percent < 0.1) return "less than 0.1 %";
  return absl::StrFormat("%.1f %%", percent);
}

// "CountViolation 4 new, 1 cleared; Other 2 cleared".
std::string ViolationSums(const v1::Impact& impact) {
  std::vector<std::string> parts;
  for (const v1::ViolationImpact& violation : impact.violations()) {
    std::vector<std::string> counts;
    if (violation.appeared() > 0) {
      counts.push_back(absl::StrCat(Grouped(violation.appeared()), " new"));
    }
    if (violation.cleared() > 0) {
      counts.push_back(absl::StrCat(Grouped(violation.cleared()), " cleared"));
    }
    parts.push_back(absl::StrCat(EnumWordOf(*v1::ViolationCode_descriptor(), violation.code()), " ",
                                 absl::StrJoin(counts, ", ")));
  }
  return parts.empty() ? "none is new, none is cleared" : absl::StrJoin(parts, "; ");
}

std::string DataSums(const v1::Impact& impact, int32_t retention_days) {
  return absl::StrCat("plans with data go for ", Counted(impact.users_with_data_at_risk(), "user"),
                      " (", Grouped(impact.data_at_risk()), " in all); the data is kept for ",
                      Counted(retention_days, "day"));
}

std::string GuardSums(const v1::RemovalGuard& guard) {
  return absl::StrCat(guard.removed() == 0 ? "none" : Share(guard.removed(), guard.held()),
                      " of the ", Counted(guard.held(), "license"), " held would go; the limit is ",
                      guard.limit_percent(), " %",
                      guard.blocked() ? ": refused unless --max-removed allows more" : "");
}

std::string SumsText(const v1::Impact& impact, int32_t retention_days, const Style& style) {
  if (impact.users_affected() == 0 && impact.skus().empty() && impact.violations().empty()) {
    return "  Nothing that users have would be different.\n";
  }
  std::string text = Line(
      "Licenses",
      absl::StrCat(Grouped(impact.licenses_gained()), " gained, ", Grouped(impact.licenses_lost()),
                   " lost, ", Grouped(impact.licenses_changed()), " changed"),
      style);
  absl::StrAppend(&text, Line("Users",
                              absl::StrCat(Grouped(impact.users_affected()), " affected, ",
                                           Grouped(impact.users_gaining()), " with a new SKU, ",
                                           Grouped(impact.users_losing()), " with a SKU less"),
                              style));
  absl::StrAppend(&text, Line("Violations", ViolationSums(impact), style));
  if (impact.data_at_risk() > 0) {
    absl::StrAppend(&text, Line("Data", DataSums(impact, retention_days), style, Ink::kWarning));
  }
  const v1::RemovalGuard& guard = impact.removal_guard();
  absl::StrAppend(
      &text, Line("Guard", GuardSums(guard), style, guard.blocked() ? Ink::kBad : Ink::kFaint));
  return text;
}

// "131 → 117", or "131".
std::string Step(int64_t before, int64_t after) {
  if (before == after) return Grouped(after);
  return absl::StrCat(Grouped(before), " → ", Grouped(after));
}

std::string SkusText(const v1::Impact& impact, const Names& names, const Style& style) {
  if (impact.skus().empty()) return "";
  std::vector<const v1::SkuImpact*> skus;
  for (const v1::SkuImpact& sku : impact.skus()) skus.push_back(&sku);
  std::ranges::stable_sort(skus, std::ranges::greater(), [](const v1::SkuImpact* sku) {
    return sku->gained() + sku->lost() + sku->changed();
  });
  Table table({{.title = "SKU", .may_shrink = true},
               {.title = "gained", .is_number = true},
               {.title = "lost", .is_number = true},
               {.title = "changed", .is_number = true},
               {.title = "seats", .is_number = true},
               {.title = "held", .is_number = true},
               {.title = "waiting", .is_number = true}});
  const size_t shown = std::min<size_t>(skus.size(), kMostRows);
  for (size_t i = 0; i < shown; ++i) {
    const v1::SkuImpact& sku = *skus[i];
    const v1::SeatUsage& before = sku.seats_before();
    const v1::SeatUsage& after = sku.seats_after();
    table.AddRow({names.Sku(SkuId(sku.sku_id())), Grouped(sku.gained()), Grouped(sku.lost()),
                  Grouped(sku.changed()), Step(before.usable(), after.usable()),
                  Step(before.consumed(), after.consumed()),
                  Step(before.waiting(), after.waiting())});
  }
  return absl::StrCat(Heading("SEATS", style), table.Render(style),
                      More(static_cast<int64_t>(skus.size() - shown)));
}

bool Held(bool there, const v1::LicenseValue& value) {
  return there && value.state() != v1::EffectiveLicense::ERROR;
}

std::string StateOf(const v1::LicenseValue& value) {
  return EnumWordOf(*v1::EffectiveLicense::State_descriptor(), value.state());
}

std::vector<std::string> Without(const v1::LicenseValue& all, const v1::LicenseValue& less,
                                 const Names& names) {
  std::vector<std::string> plans;
  for (const std::string& plan : all.enabled_plan_ids()) {
    const auto& others = less.enabled_plan_ids();
    if (std::find(others.begin(), others.end(), plan) == others.end()) {
      plans.push_back(names.Plan(PlanId(plan)));
    }
  }
  return plans;
}

// "lost, 48 plans", "Active → ActiveWithError", "gains SWAY".
std::string WhatChanges(const v1::LicenseChangeGroup& group, const Names& names) {
  const bool held_before = Held(group.has_before(), group.before());
  const bool held_after = Held(group.has_after(), group.after());
  if (!held_before && !held_after) {
    return group.has_after() ? "asked for in vain" : "no longer asked for in vain";
  }
  if (!held_before || !held_after) {
    const v1::LicenseValue& value = held_after ? group.after() : group.before();
    std::string text = absl::StrCat(held_after ? "gained" : "lost", ", ",
                                    Counted(value.enabled_plan_ids_size(), "plan"));
    if (held_after && value.state() != v1::EffectiveLicense::ACTIVE) {
      absl::StrAppend(&text, ", ", StateOf(value));
    }
    if (!held_after && group.has_after()) absl::StrAppend(&text, ", though still asked for");
    return text;
  }
  std::vector<std::string> parts;
  if (group.before().state() != group.after().state()) {
    parts.push_back(absl::StrCat(StateOf(group.before()), " → ", StateOf(group.after())));
  }
  const auto gained = Without(group.after(), group.before(), names);
  const auto lost = Without(group.before(), group.after(), names);
  if (!gained.empty()) parts.push_back("gains " + EnumeratedUpTo(gained, kMostPlansNamed));
  if (!lost.empty()) parts.push_back("loses " + EnumeratedUpTo(lost, kMostPlansNamed));
  return absl::StrJoin(parts, ", ");
}

// "Ana, Bob and 12 more" below what they have in common.
std::string UsersText(const google::protobuf::RepeatedPtrField<std::string>& ids, int64_t users,
                      const Names& names, const Style& style) {
  std::vector<std::string> named;
  for (const std::string& id : ids) {
    if (named.size() == kMostUsersNamed) break;
    named.push_back(names.User(UserId(id)));
    std::replace(named.back().begin(), named.back().end(), ' ', kFirmSpace);
  }
  const auto more = users - static_cast<int64_t>(named.size());
  const std::string text =
      more == 0 ? Enumerated(named)
                : absl::StrCat(absl::StrJoin(named, ", "), " and ", Grouped(more), " more");
  return Paragraph("", text, kCountColumns, style, Ink::kFaint);
}

std::string CountOf(int64_t users) { return absl::StrCat("  ", Counted(users, "user")); }

std::string LicensesText(const v1::Impact& impact, const Names& names, const Style& style) {
  if (impact.license_groups().empty()) return "";
  std::string text = Heading("LICENSES", style);
  int shown = 0;
  for (const v1::LicenseChangeGroup& group : impact.license_groups()) {
    if (++shown > kMostRows) break;
    absl::StrAppend(
        &text,
        Paragraph(CountOf(group.users()),
                  absl::StrCat(names.Sku(SkuId(group.sku_id())), " ", WhatChanges(group, names)),
                  kCountColumns, style),
        UsersText(group.sample_user_ids(), group.users(), names, style));
  }
  return absl::StrCat(text, More(impact.license_groups_size() + impact.more_license_groups() -
                                 std::min(kMostRows, impact.license_groups_size())));
}

std::string CodesText(const google::protobuf::RepeatedField<int>& codes) {
  std::vector<std::string> words;
  for (const int code : codes) {
    words.push_back(EnumWordOf(*v1::ViolationCode_descriptor(), code));
  }
  return Enumerated(words);
}

std::string ViolationStep(const v1::ViolationChangeGroup& group) {
  const std::string before = CodesText(group.codes_before());
  const std::string after = CodesText(group.codes_after());
  if (before.empty()) return absl::StrCat("appears: ", after);
  if (after.empty()) return absl::StrCat("clears: ", before);
  return absl::StrCat("was ", before, ", is ", after);
}

std::string ViolationsText(const v1::Impact& impact, const Names& names, const Style& style) {
  if (impact.violation_groups().empty()) return "";
  std::string text = Heading("VIOLATIONS", style);
  int shown = 0;
  for (const v1::ViolationChangeGroup& group : impact.violation_groups()) {
    if (++shown > kMostRows) break;
    const std::string source =
        group.group_id().empty() ? "directly" : names.Group(GroupId(group.group_id()));
    absl::StrAppend(&text,
                    Paragraph(CountOf(group.users()),
                              absl::StrCat(names.Sku(SkuId(group.sku_id())), " (", source, ") ",
                                           ViolationStep(group)),
                              kCountColumns, style),
                    UsersText(group.sample_user_ids(), group.users(), names, style));
  }
  return absl::StrCat(text, More(impact.violation_groups_size() + impact.more_violation_groups() -
                                 std::min(kMostRows, impact.violation_groups_size())));
}

std::string DataText(const v1::Impact& impact, const Names& names, const Style& style) {
  std::vector<const v1::PlanImpact*> plans;
  for (const v1::PlanImpact& plan : impact.plans()) {
    if (plan.data_at_risk()) plans.push_back(&plan);
  }
  if (plans.empty()) return "";
  std::ranges::stable_sort(plans, std::ranges::greater(),
                           [](const v1::PlanImpact* plan) { return plan->lost(); });
  std::string text = Heading("DATA AT RISK", style);
  const size_t shown = std::min<size_t>(plans.size(), kMostRows);
  for (size_t i = 0; i < shown; ++i) {
    absl::StrAppend(&text,
                    Paragraph(CountOf(plans[i]->lost()), names.Plan(PlanId(plans[i]->plan_id())),
                              kCountColumns, style));
  }
  return absl::StrCat(text, More(static_cast<int64_t>(plans.size() - shown)));
}

}  // namespace

std::string ImpactText(const v1::Impact& impact, const Names& names, int32_t retention_days,
                       const Style& style) {
  return absl::StrCat(SumsText(impact, retention_days, style), SkusText(impact, names, style),
                      LicensesText(impact, names, style), ViolationsText(impact, names, style),
                      DataText(impact, names, style));
}

}  // namespace seatwise::cli
