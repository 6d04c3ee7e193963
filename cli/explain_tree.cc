#include "cli/explain_tree.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/field_value.h"
#include "cli/fix_text.h"
#include "cli/message_names.h"
#include "cli/names.h"
#include "cli/seat_way_text.h"
#include "cli/text.h"
#include "cli/tree.h"
#include "cli/violation_message.h"
#include "cli/violation_text.h"
#include "engine/model/derived.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostAheadNamed = 3;

using Ids = google::protobuf::RepeatedPtrField<std::string>;
using State = v1::EffectiveLicense::State;

Ink InkOf(State state) {
  switch (state) {
    case v1::EffectiveLicense::ACTIVE:
      return Ink::kGood;
    case v1::EffectiveLicense::ACTIVE_WITH_ERROR:
    case v1::EffectiveLicense::DISABLED:
      return Ink::kWarning;
    default:
      return Ink::kBad;
  }
}

// The tree of one user.
class Explanation {
 public:
  Explanation(const v1::ExplainLicenseResponse& explained, const ExplainWords& words,
              const Style& style)
      : explained_(explained), words_(words), style_(style), names_(NamesFrom(explained.names())) {}

  std::string Draw() const;

 private:
  TreeNode LicenseNode(const v1::LicenseExplanation& license) const;
  TreeNode ClaimNode(const v1::SourceExplanation& source) const;
  std::vector<std::string> ViolationsOf(const v1::SourceExplanation& source) const;
  std::vector<std::string> FixesOf(const v1::SourceExplanation& source) const;
  std::string Way(const v1::SourceExplanation& source) const;
  std::string Behind(const v1::QueueExplanation& queue) const;
  std::string PlansText(size_t has, const Ids& without) const;

  const v1::ExplainLicenseResponse& explained_;
  const ExplainWords& words_;
  const Style& style_;
  const Names names_;
};

// "Sales › Sales APAC": from the group that is licensed to the one that the user is directly in.
std::string Explanation::Way(const v1::SourceExplanation& source) const {
  if (source.item().source().has_user_id()) return "directly";
  std::vector<std::string> steps;
  for (const std::string& group : source.path_group_ids()) {
    steps.push_back(names_.Group(GroupId(group)));
  }
  return absl::StrJoin(steps, " › ");
}

// "46 of 48 plans: without SWAY and YAMMER_ENTERPRISE".
std::string Explanation::PlansText(size_t has, const Ids& without) const {
  const size_t total = has + static_cast<size_t>(without.size());
  const std::string counted = Counted(static_cast<int64_t>(total), "plan");
  if (without.empty()) return absl::StrCat(total > 1 ? "all " : "", counted);
  std::vector<std::string> missing;
  for (const std::string& plan : without) missing.push_back(names_.Plan(PlanId(plan)));
  std::sort(missing.begin(), missing.end());
  const std::string share = absl::StrCat(has, " of ", counted);
  if (missing.size() > words_.most_plans_named) return share;
  return absl::StrCat(share, ": without ", Enumerated(missing));
}

// ", behind Ana, Bob and 7 more".
std::string Explanation::Behind(const v1::QueueExplanation& queue) const {
  std::vector<std::string> ahead;
  for (const std::string& user : queue.ahead_user_ids()) {
    if (ahead.size() == kMostAheadNamed) break;
    ahead.push_back(names_.User(UserId(user)));
  }
  if (ahead.empty()) return "";
  const int64_t more = queue.place() - 1 - static_cast<int64_t>(ahead.size());
  if (more > 0) ahead.push_back(absl::StrCat(Grouped(more), " more"));
  return absl::StrCat(", behind ", Enumerated(ahead));
}

std::vector<std::string> Explanation::ViolationsOf(const v1::SourceExplanation& source) const {
  std::vector<std::string> lines;
  for (const v1::Violation& message : source.item().violations()) {
    const absl::StatusOr<Violation> violation = ViolationFrom(message);
    if (!violation.ok()) {
      lines.push_back(Printable(violation.status().message()));
      continue;
    }
    std::string front =
        absl::StrCat(style_.Paint(Ink::kBad, ViolationName(CodeOf(*violation))), ": ");
    for (std::string& line : ViolationLines(*violation, names_, source.queue().waiting())) {
      lines.push_back(absl::StrCat(std::exchange(front, ""), line));
    }
    if (message.has_count()) lines.back() += Behind(source.queue());
  }
  return lines;
}

// What would heal it; nothing if something else in the same claim is at fault.
std::vector<std::string> Explanation::FixesOf(const v1::SourceExplanation& source) const {
  const bool at_fault = std::any_of(source.item().codes().begin(), source.item().codes().end(),
                                    [](int code) { return code != v1::OTHER; });
  if (!words_.fixes || !at_fault) return {};
  const std::string front = style_.Paint(Ink::kGood, "Fix") + ": ";
  const std::string& user = explained_.user().user().user_id();
  std::vector<std::string> fixes;
  for (const v1::Fix& fix : source.fixes()) {
    if (fixes.empty()) {
      fixes.push_back(front + FixSentence(fix, names_, user));
    } else if (source.fixes(0).effect().others_losing() > 0 || source.has_queue()) {
      // People have to choose where the best takes from others, or where seats are short.
      fixes.push_back(style_.Paint(Ink::kGood, "Or") + ": " + FixSentence(fix, names_, user));
    }
  }
  for (const v1::SeatWay& way : source.seat_ways()) {
    fixes.push_back((fixes.empty() ? front : style_.Paint(Ink::kGood, "Or") + ": ") +
                    SeatWaySentence(way, names_, source.item().sku_id()));
  }
  if (!fixes.empty()) return fixes;
  if (source.fixes_not_tried() == 0) return {front + "none found within 3 changes"};
  return {absl::StrCat(front, "none found; ", Counted(source.fixes_not_tried(), "idea"),
                       " that would reach very many users not tried")};
}

TreeNode Explanation::ClaimNode(const v1::SourceExplanation& source) const {
  const std::string mark =
      source.item().granted() ? style_.Paint(Ink::kGood, "✓") : style_.Paint(Ink::kBad, "✗");
  TreeNode node{
      .text = absl::StrCat(
          mark, " ", Way(source), " (",
          PlansText(static_cast<size_t>(source.plan_ids_size()), source.disabled_plan_ids()), ")")};
  node.details = ViolationsOf(source);
  for (std::string& fix : FixesOf(source)) node.details.push_back(std::move(fix));
  return node;
}

TreeNode Explanation::LicenseNode(const v1::LicenseExplanation& license) const {
  const SkuId id(license.license().sku_id());
  std::string name = style_.Paint(Ink::kStrong, names_.Sku(id));
  for (const v1::Names::Name& sku : explained_.names().skus()) {
    if (sku.id() != id.value() || sku.name().empty() || sku.display_name().empty()) continue;
    absl::StrAppend(&name, " (", Printable(sku.display_name()), ")");
  }
  const State state = license.license().state();
  TreeNode node{.text = absl::StrCat(
                    name, ": ",
                    style_.Paint(InkOf(state),
                                 EnumWordOf(*v1::EffectiveLicense::State_descriptor(), state)))};
  for (const v1::SourceExplanation& source : license.sources()) {
    node.children.push_back(ClaimNode(source));
  }
  return node;
}

std::string Explanation::Draw() const {
  std::vector<std::pair<std::string, TreeNode>> by_name;
  for (const v1::LicenseExplanation& license : explained_.licenses()) {
    by_name.emplace_back(names_.Sku(SkuId(license.license().sku_id())), LicenseNode(license));
  }
  std::stable_sort(by_name.begin(), by_name.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TreeNode> nodes;
  for (auto& [name, node] : by_name) nodes.push_back(std::move(node));
  return RenderTree(nodes, style_.columns());
}

}  // namespace

std::string ExplainHeader(const v1::ExplainedUser& explained, const Style& style) {
  const v1::User& user = explained.user();
  Names names;
  AddName(user, names);
  std::string text = style.Paint(Ink::kStrong, names.User(UserId(user.user_id())));
  if (!user.user_principal_name().empty() && !user.display_name().empty()) {
    absl::StrAppend(&text, "  ", Printable(user.user_principal_name()));
  }
  if (!explained.effective_location().empty()) {
    absl::StrAppend(&text, ", in ", Printable(explained.effective_location()));
  }
  if (user.has_account_enabled() && !user.account_enabled()) absl::StrAppend(&text, ", blocked");
  if (user.user_type() == v1::User::GUEST) absl::StrAppend(&text, ", guest");
  return text;
}

std::string ExplainTree(const v1::ExplainLicenseResponse& explained, const ExplainWords& words,
                        const Style& style) {
  return Explanation(explained, words, style).Draw();
}

}  // namespace seatwise::cli
