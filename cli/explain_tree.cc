#include "cli/explain_tree.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/source_path.h"
#include "cli/text.h"
#include "cli/tree.h"
#include "cli/violation_text.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostPlansNamed = 3;

Ink InkOf(LicenseState state) {
  switch (state) {
    case LicenseState::kActive:
      return Ink::kGood;
    case LicenseState::kActiveWithError:
    case LicenseState::kDisabled:
      return Ink::kWarning;
    case LicenseState::kError:
      return Ink::kBad;
  }
  return Ink::kBad;
}

int64_t CountOf(PlanBits set) {
  int64_t count = 0;
  ForEachPlan(set, [&count](PlanNo) { ++count; });
  return count;
}

// The tree of one user.
class Explanation {
 public:
  Explanation(const DerivedView& view, const Names& names, UserNo user, const Style& style)
      : view_(view),
        columns_(view.columns()),
        names_(names),
        user_(user),
        style_(style),
        items_(view.Explain(user)),
        seats_(view.Seats()) {}

  std::string Draw() const;

 private:
  TreeNode LicenseNode(const LicenseRow& license) const;
  TreeNode ClaimNode(const ClaimItem& item, SkuNo sku) const;
  std::string Way(const Principal& source) const;
  std::string Asked(const Principal& source, SkuNo sku) const;
  std::string PlansText(PlanBits plans, SkuNo sku) const;

  const DerivedView& view_;
  const Columns& columns_;
  const Names& names_;
  const UserNo user_;
  const Style& style_;
  const std::vector<ClaimItem> items_;
  const std::vector<SeatUsage> seats_;
};

// "Sales › Sales APAC": from the group that is licensed to the one that the user is directly in.
std::string Explanation::Way(const Principal& source) const {
  const GroupId* group = std::get_if<GroupId>(&source);
  if (group == nullptr) return "directly";
  std::vector<std::string> steps;
  for (const GroupNo step :
       SourcePath(columns_, user_, columns_.groups.Find(group->value()).value_or(0))) {
    steps.push_back(names_.Group(GroupId(columns_.groups[step])));
  }
  return absl::StrJoin(steps, " › ");
}

// "46 of 48 plans: without SWAY and YAMMER_ENTERPRISE".
std::string Explanation::PlansText(PlanBits plans, SkuNo sku) const {
  const PlanBits all = columns_.catalog.user_plans(sku);
  std::vector<std::string> missing;
  ForEachPlan(all, [&](PlanNo plan) {
    if (!Contains(plans, plan)) missing.push_back(names_.Plan(columns_.catalog.plan(plan).id));
  });
  const int64_t total = CountOf(all);
  if (missing.empty()) return absl::StrCat(total > 1 ? "all " : "", Counted(total, "plan"));
  const std::string share =
      absl::StrCat(total - static_cast<int64_t>(missing.size()), " of ", Counted(total, "plan"));
  if (missing.size() > kMostPlansNamed) return share;
  return absl::StrCat(share, ": without ", Enumerated(missing));
}

std::string Explanation::Asked(const Principal& source, SkuNo sku) const {
  const absl::Span<const AssignmentRow> rows =
      IsDirect(source)
          ? columns_.DirectOf(user_)
          : columns_.AssignmentsOf(columns_.groups.Find(PrincipalIdValue(source)).value_or(0));
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [sku](const AssignmentRow& r) { return r.sku == sku; });
  return row == rows.end() ? "" : PlansText(columns_.plan_sets[row->plans], sku);
}

TreeNode Explanation::ClaimNode(const ClaimItem& item, SkuNo sku) const {
  const std::string mark =
      item.granted ? style_.Paint(Ink::kGood, "✓") : style_.Paint(Ink::kBad, "✗");
  TreeNode node{.text =
                    absl::StrCat(mark, " ", Way(item.source), " (", Asked(item.source, sku), ")")};
  for (const Violation& violation : item.violations) {
    std::string front = style_.Paint(Ink::kBad, ViolationName(CodeOf(violation))) + ": ";
    for (const std::string& line : ViolationLines(violation, names_, seats_[sku].waiting)) {
      node.details.push_back(absl::StrCat(std::exchange(front, ""), line));
    }
  }
  return node;
}

TreeNode Explanation::LicenseNode(const LicenseRow& license) const {
  const Sku& sku = columns_.catalog.sku(license.sku);
  std::string name = style_.Paint(Ink::kStrong, names_.Sku(sku.id));
  if (!sku.part_number.empty() && !sku.display_name.empty()) {
    absl::StrAppend(&name, " (", Printable(sku.display_name), ")");
  }
  const std::string state(LicenseStateName(license.state));
  TreeNode node{.text = absl::StrCat(name, ": ", style_.Paint(InkOf(license.state), state))};
  for (const ClaimItem& item : items_) {
    if (item.sku == sku.id) node.children.push_back(ClaimNode(item, license.sku));
  }
  return node;
}

std::string Explanation::Draw() const {
  std::vector<std::pair<std::string, TreeNode>> by_name;
  view_.ForEachLicense(user_, user_ + 1, [&](const LicenseRow& license) {
    by_name.emplace_back(names_.Sku(columns_.catalog.sku(license.sku).id), LicenseNode(license));
  });
  std::stable_sort(by_name.begin(), by_name.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<TreeNode> nodes;
  for (auto& [name, node] : by_name) nodes.push_back(std::move(node));
  return RenderTree(nodes, style_.columns());
}

}  // namespace

std::string ExplainTree(const DerivedView& view, const Names& names, UserNo user,
                        const Style& style) {
  return Explanation(view, names, user, style).Draw();
}

}  // namespace seatwise::cli
