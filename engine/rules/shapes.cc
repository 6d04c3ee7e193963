#include "engine/rules/shapes.h"

#include <algorithm>

#include "engine/rules/relations.h"

namespace seatwise {
ShapeTable::ShapeTable(const Columns& columns)
    : columns_(&columns),
      plan_bonds_(columns.catalog),
      unions_(columns.catalog.words()),
      bonds_(bond_words()),
      conflicts_(bond_words()),
      needs_(bond_words()),
      first_need_{0} {
  conflicts_.Intern(std::vector<uint64_t>(bond_words()));
  for (uint32_t set = 0; set < columns.plan_sets.size(); ++set) {
    AddPlanSet(columns.plan_sets[set]);
  }
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
          .plans = assignments[0].plans};
  Shape& shape = row.shape;
  if (assignments.size() > 1) {
    std::vector<uint64_t> plans(catalog().words());
    for (const AssignmentRow& assignment : assignments) {
      items_.push_back({assignment.sku, assignment.plans});
      UnionInto(absl::MakeSpan(plans), columns_->plan_sets[assignment.plans]);
    }
    row.plans = static_cast<uint32_t>(columns_->plan_sets.size()) + unions_.Intern(plans);
    if (row.plans == bonds_.size()) AddPlanSet(plans);
  }
  for (const AssignmentRow& assignment : assignments) {
    shape.priority = std::max(shape.priority, assignment.priority);
    shape.assigned_at = std::min(shape.assigned_at, assignment.assigned_at);
  }
  shape.conflicts_with_itself = Intersects(conflicts_[conflicts_of_[row.plans]], bonds_[row.plans]);
  shape.needs_others = first_need_[row.plans] != first_need_[row.plans + 1];
  shape.wants_unique_address = Intersects(PlanSet(row.plans), catalog().unique_address_plans());
  rows_.push_back(row);
}

// Finds out what follows from the next set.
void ShapeTable::AddPlanSet(PlanBits plans) {
  bonds_.Add(plan_bonds_.Of(plans));
  conflicts_of_.push_back(conflicts_.Intern(plan_bonds_.Of(ConflictsOf(catalog(), plans))));
  for (uint32_t row : NeedsOf(catalog(), plans)) {
    needs_of_.push_back(needs_.Intern(plan_bonds_.Of(catalog().any_of(row))));
  }
  first_need_.push_back(static_cast<uint32_t>(needs_of_.size()));
}

}  // namespace seatwise
