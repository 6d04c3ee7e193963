#include "engine/rules/shapes.h"

#include <algorithm>

#include "engine/rules/relations.h"

namespace seatwise {
namespace {

constexpr uint32_t kNoPlans = 0xffffffff;

}  // namespace

ShapeTable::ShapeTable(const Columns& columns)
    : columns_(&columns),
      plan_bonds_(columns.catalog),
      plans_(columns.catalog.words()),
      plans_of_set_(columns.plan_sets.size(), kNoPlans),
      bonds_(bond_words()),
      conflicts_(bond_words()),
      needs_(bond_words()),
      first_need_{0} {
  conflicts_.Intern(std::vector<uint64_t>(bond_words()));
  AddGroups();
  AddDirect();
}

void ShapeTable::AddGroups() {
  const bool atomic = columns_->settings.assignment_mode == AssignmentMode::kGroupAtomic;
  const GroupNo groups = static_cast<GroupNo>(columns_->groups.size());
  for (GroupNo group = 0; group < groups; ++group) {
    first_of_group_.push_back(static_cast<ShapeNo>(rows_.size()));
    const absl::Span<const AssignmentRow> assignments = columns_->AssignmentsOf(group);
    if (atomic && !assignments.empty()) {
      Add(group, assignments);  // C4.
    } else {
      for (size_t i = 0; i < assignments.size(); ++i) Add(group, assignments.subspan(i, 1));  // C3.
    }
  }
  first_of_group_.push_back(static_cast<ShapeNo>(rows_.size()));
}

void ShapeTable::AddDirect() {
  std::vector<ShapeItem> distinct;
  for (const AssignmentRow& row : columns_->direct) distinct.push_back({row.sku, row.plans});
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const ShapeNo first = static_cast<ShapeNo>(rows_.size());
  for (const ShapeItem& item : distinct) {
    const AssignmentRow row{.sku = item.sku, .plans = item.plans, .priority = 0, .assigned_at = {}};
    Add(Shape::kDirect, absl::MakeConstSpan(&row, 1));
  }
  for (const AssignmentRow& row : columns_->direct) {
    const auto it =
        std::lower_bound(distinct.begin(), distinct.end(), ShapeItem{row.sku, row.plans});
    direct_shape_.push_back(first + static_cast<ShapeNo>(it - distinct.begin()));
  }
}

void ShapeTable::Add(GroupNo group, absl::Span<const AssignmentRow> assignments) {
  Row row{.shape = {.group = group,
                    .first_item = static_cast<uint32_t>(items_.size()),
                    .item_count = static_cast<uint32_t>(assignments.size()),
                    .priority = assignments[0].priority,
                    .assigned_at = assignments[0].assigned_at},
          .only_item = {assignments[0].sku, assignments[0].plans},
          .plans = NumberPlans(assignments)};
  Shape& shape = row.shape;
  for (const AssignmentRow& assignment : assignments) {
    if (assignments.size() > 1) items_.push_back({assignment.sku, assignment.plans});
    shape.priority = std::max(shape.priority, assignment.priority);
    shape.assigned_at = std::min(shape.assigned_at, assignment.assigned_at);
  }
  shape.conflicts_with_itself = Intersects(conflicts_[conflicts_of_[row.plans]], bonds_[row.plans]);
  shape.needs_others = first_need_[row.plans] != first_need_[row.plans + 1];
  shape.wants_unique_address = Intersects(plans_[row.plans], catalog().unique_address_plans());
  rows_.push_back(row);
}

uint32_t ShapeTable::NumberPlans(absl::Span<const AssignmentRow> assignments) {
  if (assignments.size() == 1) {
    uint32_t& number = plans_of_set_[assignments[0].plans];
    if (number == kNoPlans) number = NumberPlans(columns_->plan_sets[assignments[0].plans]);
    return number;
  }
  std::vector<uint64_t> plans(catalog().words());
  for (const AssignmentRow& assignment : assignments) {
    UnionInto(absl::MakeSpan(plans), columns_->plan_sets[assignment.plans]);
  }
  return NumberPlans(plans);
}

uint32_t ShapeTable::NumberPlans(PlanBits plans) {
  const uint32_t number = plans_.Intern(plans);
  if (number < bonds_.size()) return number;
  bonds_.Add(plan_bonds_.Of(plans));
  conflicts_of_.push_back(conflicts_.Intern(plan_bonds_.Of(ConflictsOf(catalog(), plans))));
  for (uint32_t row : NeedsOf(catalog(), plans)) {
    needs_of_.push_back(needs_.Intern(plan_bonds_.Of(catalog().any_of(row))));
  }
  first_need_.push_back(static_cast<uint32_t>(needs_of_.size()));
  return number;
}

}  // namespace seatwise
