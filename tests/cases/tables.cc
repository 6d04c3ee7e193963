#include "tests/cases/tables.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace seatwise::cases {
namespace {

std::string PlanList(const PlanIdSet& plans) {
  return absl::StrJoin(
      plans, ";", [](std::string* out, const PlanId& plan) { absl::StrAppend(out, plan.value()); });
}

std::string ViolationList(const std::vector<Violation>& violations) {
  return absl::StrJoin(violations, ";", [](std::string* out, const Violation& violation) {
    absl::StrAppend(out, ViolationName(CodeOf(violation)));
  });
}

std::string RowText(const Row& row) { return absl::StrJoin(row, ", ", absl::PairFormatter("=")); }

// The rows of `from` that are not in `other`, both sorted.
std::string Missing(absl::string_view title, const std::vector<Row>& from,
                    const std::vector<Row>& other, size_t limit) {
  std::vector<Row> missing;
  std::set_difference(from.begin(), from.end(), other.begin(), other.end(),
                      std::back_inserter(missing));
  std::string text;
  for (size_t i = 0; i < std::min(limit, missing.size()); ++i) {
    absl::StrAppend(&text, "  ", title, " ", RowText(missing[i]), "\n");
  }
  if (missing.size() > limit) {
    absl::StrAppend(&text, "  ", title, " ", missing.size() - limit, " more rows\n");
  }
  return text;
}

}  // namespace

std::vector<Row> LicenseRows(const Derived& derived) {
  std::vector<Row> rows;
  for (const License& license : derived.licenses) {
    rows.push_back({{"user_id", license.user.value()},
                    {"sku_id", license.sku.value()},
                    {"state", std::string(LicenseStateName(license.state))},
                    {"enabled_plans", PlanList(license.enabled_plans)}});
  }
  return rows;
}

std::vector<Row> ClaimRows(const Derived& derived) {
  std::vector<Row> rows;
  for (const ClaimItem& item : derived.items) {
    rows.push_back({{"user_id", item.user.value()},
                    {"principal_type", IsDirect(item.source) ? "user" : "group"},
                    {"principal_id", PrincipalIdValue(item.source)},
                    {"sku_id", item.sku.value()},
                    {"outcome", item.granted ? "Granted" : "Rejected"},
                    {"violations", ViolationList(item.violations)}});
  }
  return rows;
}

std::vector<Row> SeatRows(const Derived& derived) {
  std::vector<Row> rows;
  for (const SeatUsage& seats : derived.seats) {
    const bool unlimited = seats.capacity == kUnlimited;
    rows.push_back({{"sku_id", seats.sku.value()},
                    {"usable", absl::StrCat(seats.usable)},
                    {"capacity", unlimited ? "unlimited" : absl::StrCat(seats.capacity)},
                    {"consumed", absl::StrCat(seats.consumed)},
                    {"available", absl::StrCat(seats.available())},
                    {"waiting", absl::StrCat(seats.waiting)},
                    {"overrun", absl::StrCat(seats.overrun())}});
  }
  return rows;
}

std::string DiffRows(std::vector<Row> want, std::vector<Row> got, size_t limit) {
  std::sort(want.begin(), want.end());
  std::sort(got.begin(), got.end());
  return Missing("want", want, got, limit) + Missing("got ", got, want, limit);
}

}  // namespace seatwise::cases
