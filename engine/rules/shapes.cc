#include "engine/rules/shapes.h"

#include <algorithm>

#include "engine/rules/relations.h"

namespace seatwise {

ShapeTable::ShapeTable(const Columns& columns)
    : columns_(&columns),
      plans_(columns.catalog.words()),
      conflicts_(columns.catalog.words()),
      first_need_{0} {
  conflicts_.Intern(std::vector<uint64_t>(plans_.words()));
  AddGroups();
  AddDirect();
}

void ShapeTable::AddGroups() {
  const bool atomic = columns_->settings.assignment_mode == AssignmentMode::kGroupAtomic;
  const GroupNo groups = static_cast<GroupNo>(columns_->groups.size());
  for (GroupNo group = 0; group < groups; ++group) {
    first_of_group_.push_back(static_cast<ShapeNo>(shapes_.size()));
    const absl::Span<const AssignmentRow> assignments = columns_->AssignmentsOf(group);
    if (atomic && !assignments.empty()) {
      Add(group, assignments);  // C4.
    } else {
      for (size_t i = 0; i < assignments.size(); ++i) Add(group, assignments.subspan(i, 1));  // C3.
    }
  }
  first_of_group_.push_back(static_cast<ShapeNo>(shapes_.size()));
}

void ShapeTable::AddDirect() {
  std::vector<ShapeItem> distinct;
  for (const AssignmentRow& row : columns_->direct) distinct.push_back({row.sku, row.plans});
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const ShapeNo first = static_cast<ShapeNo>(shapes_.size());
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
  Shape shape{.group = group,
              .first_item = static_cast<uint32_t>(items_.size()),
              .item_count = static_cast<uint32_t>(assignments.size()),
              .priority = assignments[0].priority,
              .assigned_at = assignments[0].assigned_at};
  std::vector<uint64_t> plans(plans_.words());
  for (const AssignmentRow& row : assignments) {
    items_.push_back({row.sku, row.plans});
    UnionInto(absl::MakeSpan(plans), columns_->plan_sets[row.plans]);
    shape.priority = std::max(shape.priority, row.priority);
    shape.assigned_at = std::min(shape.assigned_at, row.assigned_at);
  }
  const std::vector<uint64_t> conflicts = ConflictsOf(catalog(), plans);
  conflicts_of_.push_back(conflicts_.Intern(conflicts));
  const std::vector<uint32_t> needs = NeedsOf(catalog(), plans);
  needs_.insert(needs_.end(), needs.begin(), needs.end());
  first_need_.push_back(static_cast<uint32_t>(needs_.size()));
  shape.conflicts_with_itself = Intersects(conflicts, plans);
  shape.needs_others = !needs.empty();
  shape.wants_unique_address = Intersects(plans, catalog().unique_address_plans());
  plans_.Add(plans);
  shapes_.push_back(shape);
}

}  // namespace seatwise
