#include "engine/model/lint.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/model/catalog.h"
#include "engine/model/cycles.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/plan_bits.h"
#include "engine/model/requirement_circles.h"

namespace seatwise {
namespace {

// By number: whether it is in some set. Bytes, since they are written at random.
using Marks = std::vector<uint8_t>;

class Linter {
 public:
  explicit Linter(const Columns& columns) : columns_(columns), catalog_(columns.catalog) {}

  std::vector<Warning> Run() && {
    LintAssignedSkus();
    LintConflicts();
    LintRequirements();
    if (columns_.settings.nested_groups) {
      LintGroupCycles();
    } else {
      LintIgnoredNesting();
    }
    LintMembers();
    return std::move(warnings_);
  }

 private:
  GroupId IdOf(GroupNo group) const { return GroupId(columns_.groups[group]); }
  bool IsLicensed(GroupNo group) const { return !columns_.AssignmentsOf(group).empty(); }

  void LintAssignedSkus();
  void LintConflicts();
  void LintRequirements();
  void LintGroupCycles();
  void LintIgnoredNesting();
  void LintMembers();

  const Columns& columns_;
  const Catalog& catalog_;
  std::vector<Warning> warnings_;
};

Marks AssignedSkus(const Columns& columns) {
  Marks assigned(columns.catalog.skus());
  for (const AssignmentRow& row : columns.direct) assigned[row.sku] = 1;
  for (const AssignmentRow& row : columns.inherited) assigned[row.sku] = 1;
  return assigned;
}

void Linter::LintAssignedSkus() {
  const Marks assigned = AssignedSkus(columns_);
  for (SkuNo sku = 0; sku < catalog_.skus(); ++sku) {
    if (assigned[sku] && IsEmpty(catalog_.user_plans(sku))) {
      warnings_.push_back(SkuWithoutUserPlans(catalog_.sku(sku).id));
    }
  }
  for (SkuNo sku = 0; sku < catalog_.skus(); ++sku) {
    if (assigned[sku] && catalog_.supply(sku).capacity() == 0) {
      warnings_.push_back(SkuWithoutUnits(catalog_.sku(sku).id));
    }
  }
}

// The pairs of plans of one SKU that conflict, ascending.
std::vector<PlanConflict> ConflictsWithin(const Catalog& catalog, SkuNo sku) {
  std::vector<PlanConflict> conflicts;
  const PlanBits plans = catalog.user_plans(sku);
  ForEachCommon(plans, catalog.plans_with_conflicts(), [&](PlanNo a) {
    ForEachCommon(plans, catalog.conflicts_of(a), [&](PlanNo b) {
      if (a < b) conflicts.push_back({.a = catalog.plan(a).id, .b = catalog.plan(b).id});
    });
  });
  return conflicts;
}

void Linter::LintConflicts() {
  for (SkuNo sku = 0; sku < catalog_.skus(); ++sku) {
    const std::vector<PlanConflict> conflicts = ConflictsWithin(catalog_, sku);
    if (conflicts.empty()) continue;
    warnings_.push_back(
        SkuConflictsWithItself(catalog_.sku(sku).id, conflicts[0], conflicts.size()));
  }
}

bool NamesAUserPlan(const Catalog& catalog, const RequirementRow& row) {
  bool names = false;
  ForEachPlan(catalog.any_of(row.any_of), [&](PlanNo plan) {
    names = names || catalog.plan(plan).applies_to == AppliesTo::kUser;
  });
  return names;
}

void Linter::LintRequirements() {
  ForEachPlan(catalog_.plans_with_requirements(), [&](PlanNo plan) {
    if (catalog_.plan(plan).applies_to != AppliesTo::kUser) return;
    for (const RequirementRow& row : catalog_.requirements_of(plan)) {
      if (NamesAUserPlan(catalog_, row)) continue;
      warnings_.push_back(RequirementNeverMet(
          {catalog_.plan(plan).id, catalog_.IdsOf(catalog_.any_of(row.any_of))}));
    }
  });
  for (const std::vector<PlanNo>& circle : RequirementCircles(catalog_)) {
    std::vector<PlanId> plans;
    for (PlanNo plan : circle) plans.push_back(catalog_.plan(plan).id);
    warnings_.push_back(RequirementCircle(plans));
  }
}

// Edges are sorted by parent, so they are lists already.
std::vector<std::vector<GroupNo>> GroupCycles(const Columns& columns) {
  std::vector<uint32_t> first(columns.groups.size() + 1);
  std::vector<GroupNo> children;
  for (const GroupEdge& edge : columns.edges) {
    ++first[edge.parent + 1];
    children.push_back(edge.child);
  }
  for (size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  return FindCycles(first, children);
}

void Linter::LintGroupCycles() {
  for (const std::vector<GroupNo>& cycle : GroupCycles(columns_)) {
    std::vector<GroupId> groups;
    for (GroupNo group : cycle) groups.push_back(IdOf(group));
    warnings_.push_back(GroupCycle(groups));
  }
}

void Linter::LintIgnoredNesting() {
  for (const GroupEdge& edge : columns_.edges) {
    if (!IsLicensed(edge.parent)) continue;
    warnings_.push_back(NestingIgnored(IdOf(edge.parent), IdOf(edge.child)));
  }
}

// By child: its parents.
std::vector<std::vector<GroupNo>> ParentsOf(const Columns& columns) {
  std::vector<std::vector<GroupNo>> parents(columns.groups.size());
  for (const GroupEdge& edge : columns.edges) parents[edge.child].push_back(edge.parent);
  return parents;
}

// M1 and M2: what has a member passes it on to the groups that it is in.
Marks GroupsWithMembers(const Columns& columns) {
  Marks with(columns.groups.size());
  for (GroupNo group : columns.membership_group) with[group] = 1;
  if (!columns.settings.nested_groups || columns.edges.empty()) return with;
  const std::vector<std::vector<GroupNo>> parents = ParentsOf(columns);
  std::vector<GroupNo> fresh;
  for (GroupNo group = 0; group < with.size(); ++group) {
    if (with[group]) fresh.push_back(group);
  }
  while (!fresh.empty()) {
    const GroupNo group = fresh.back();
    fresh.pop_back();
    for (GroupNo parent : parents[group]) {
      if (with[parent]) continue;
      with[parent] = 1;
      fresh.push_back(parent);
    }
  }
  return with;
}

void Linter::LintMembers() {
  const Marks with_members = GroupsWithMembers(columns_);
  for (GroupNo group = 0; group < columns_.groups.size(); ++group) {
    if (!IsLicensed(group) || with_members[group]) continue;
    warnings_.push_back(GroupWithoutMembers(IdOf(group)));
  }
}

}  // namespace

std::vector<Warning> Lint(const Columns& columns) { return Linter(columns).Run(); }

}  // namespace seatwise
