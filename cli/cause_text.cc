#include "cli/cause_text.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/fix_text.h"
#include "cli/message_names.h"
#include "cli/paragraph.h"
#include "cli/seat_way_text.h"
#include "cli/text.h"
#include "cli/violation_message.h"
#include "engine/model/derived.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

constexpr size_t kCountColumns = 12;  // Margin: "  12 users".

// The sentence of one kind of violation.
struct Sentences {
  const v1::ViolationCause& cause;
  const Names& names;

  std::string Sku() const { return names.Sku(SkuId(cause.sku_id())); }
  std::string Item() const {
    return absl::StrCat(Sku(), " (",
                        cause.direct() ? "directly" : names.Group(GroupId(cause.group_id())), ")");
  }

  std::string operator()(const UsageLocationMissing&) const {
    return "no usage location, and the tenant has no default";
  }
  std::string operator()(const ProhibitedInUsageLocation& v) const {
    return absl::StrCat(Item(), ": ", names.Plans(v.plans), v.plans.size() == 1 ? " is" : " are",
                        " prohibited in ", v.location.ToString());
  }
  std::string operator()(const Uniqueness& v) const {
    std::vector<std::string> owned;
    for (const AddressClash& clash : v.clashes) {
      owned.push_back(
          absl::StrCat(Printable(clash.address), ", which belongs to ", names.User(clash.owner)));
    }
    if (owned.empty()) owned.emplace_back("addresses that belong to somebody else");
    return absl::StrCat(Item(), ": ", names.Plans(v.plans),
                        v.plans.size() == 1 ? " needs " : " need ", Enumerated(owned));
  }
  std::string operator()(const MutuallyExclusive& v) const {
    std::set<std::string> against;
    for (const Exclusion& exclusion : v.exclusions) {
      for (const PlanSource& source : exclusion.sources) {
        against.insert(absl::StrCat(names.Sku(source.sku), " (", names.Source(source.source), ")"));
      }
    }
    return absl::StrCat(Item(), " against ",
                        Enumerated(std::vector<std::string>(against.begin(), against.end())));
  }
  std::string operator()(const Dependency& v) const {
    std::vector<std::string> unmet;
    for (const PlanRequirement& requirement : v.unmet) {
      unmet.push_back(names.AnyPlan(requirement.any_of));
    }
    return absl::StrCat(Item(), " requires ", Enumerated(unmet));
  }
  std::string operator()(const Count&) const {
    return absl::StrCat("waiting for a seat of ", Sku(),
                        cause.users() > 1 ? ", in this order" : "");
  }
  std::string operator()(const Other&) const { return ""; }
};

// "a, b, c and 5 more", with names that are not broken over lines.
std::string Who(const v1::ViolationCause& cause, const Names& names) {
  std::vector<std::string> users;
  for (const std::string& id : cause.sample_user_ids()) {
    users.push_back(names.User(UserId(id)));
    std::replace(users.back().begin(), users.back().end(), ' ', kFirmSpace);
  }
  const int64_t more = cause.users() - static_cast<int64_t>(users.size());
  if (more > 0) users.push_back(absl::StrCat(Grouped(more), " more"));
  return Enumerated(users);
}

std::string CauseText(const v1::ViolationCause& cause, const Names& names, const Style& style) {
  std::string what = CauseSentence(cause, names);
  std::vector<std::string> fallen;
  for (const std::string& sku : cause.fallen_sku_ids()) fallen.push_back(names.Sku(SkuId(sku)));
  std::sort(fallen.begin(), fallen.end());
  if (!fallen.empty()) {
    absl::StrAppend(&what, "; ", Enumerated(fallen), " of the same group ",
                    fallen.size() == 1 ? "falls" : "fall", " with it (Other)");
  }
  // The count stands in the margin of the first line.
  const std::string front = absl::StrCat("  ", Counted(cause.users(), "user"));
  const size_t margin = std::max(kCountColumns, front.size() + 2);
  std::string text = Paragraph(front, what, margin, style);
  for (const std::string& detail : CauseDetails(cause, names)) {
    absl::StrAppend(&text, Paragraph("", detail, margin + 2, style));
  }
  absl::StrAppend(&text, Paragraph("", Who(cause, names), margin, style, Ink::kFaint));
  const std::string fix = CauseFix(cause, names);
  if (!fix.empty()) {
    absl::StrAppend(&text, Paragraph("", absl::StrCat(style.Paint(Ink::kGood, "Fix"), ": ", fix),
                                     margin, style));
  }
  for (const std::string& way : CauseSeatWays(cause, names)) {
    absl::StrAppend(&text, Paragraph("", absl::StrCat(style.Paint(Ink::kGood, "Or"), ": ", way),
                                     margin, style));
  }
  return text;
}

}  // namespace

std::string CauseSentence(const v1::ViolationCause& cause, const Names& names) {
  const absl::StatusOr<Violation> violation = ViolationFrom(cause.details());
  if (!violation.ok()) return Printable(violation.status().message());
  return std::visit(Sentences{cause, names}, *violation);
}

std::vector<std::string> CauseDetails(const v1::ViolationCause& cause, const Names& names) {
  std::vector<std::string> details;
  const absl::StatusOr<Violation> violation = ViolationFrom(cause.details());
  if (!violation.ok()) return details;
  const auto* exclusive = std::get_if<MutuallyExclusive>(&*violation);
  if (exclusive == nullptr) return details;
  for (const Exclusion& exclusion : exclusive->exclusions) {
    details.push_back(
        absl::StrCat(names.Plan(exclusion.plan), " excludes ", names.Plan(exclusion.other)));
  }
  std::sort(details.begin(), details.end());
  return details;
}

std::string CauseFix(const v1::ViolationCause& cause, const Names& names) {
  if (!cause.fix_searched()) return "";
  if (!cause.has_fix() || cause.sample_user_ids().empty()) return "none found within 3 changes";
  std::string text = FixSentence(cause.fix(), names, cause.sample_user_ids(0));
  const int64_t cleared = cause.fix_clears_users();
  if (cause.users() == 1) return text;
  if (cleared >= cause.users()) return absl::StrCat(text, "; heals all ", Grouped(cause.users()));
  if (cleared <= 1) return absl::StrCat(text, "; likewise for each");
  return absl::StrCat(text, "; heals ", Grouped(cleared), " of ", Grouped(cause.users()),
                      ": ask again once it is done, for the others need another");
}

std::vector<std::string> CauseSeatWays(const v1::ViolationCause& cause, const Names& names) {
  std::vector<std::string> ways;
  for (const v1::SeatWay& way : cause.seat_ways()) {
    ways.push_back(SeatWaySentence(way, names, cause.sku_id()));
  }
  return ways;
}

std::string CausesText(const v1::ListViolationCausesResponse& causes, const Style& style) {
  const Names names = NamesFrom(causes.names());
  std::string text;
  int last = v1::VIOLATION_CODE_UNSPECIFIED;
  for (const v1::ViolationCause& cause : causes.causes()) {
    if (cause.code() != last) {
      const absl::string_view name = ViolationName(static_cast<ViolationCode>(cause.code() - 1));
      absl::StrAppend(&text, text.empty() ? "" : "\n", "  ", style.Paint(Ink::kBad, name), "\n");
      last = cause.code();
    }
    absl::StrAppend(&text, CauseText(cause, names, style));
  }
  return text;
}

}  // namespace seatwise::cli
