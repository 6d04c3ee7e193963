#include "engine/incremental/claim_shape.h"

#include <algorithm>
#include <utility>

#include "engine/incremental/number_index.h"
#include "engine/rules/relations.h"

namespace seatwise {

std::vector<uint64_t> PlansOf(const Catalog& catalog, const LiveAssignment& assignment) {
  const PlanBits all = catalog.user_plans(assignment.sku);
  std::vector<uint64_t> plans(all.begin(), all.end());
  if (!assignment.disabled) return plans;
  const std::vector<uint64_t>& disabled = assignment.disabled->bits;
  for (size_t i = 0; i < std::min(plans.size(), disabled.size()); ++i) plans[i] &= ~disabled[i];
  return plans;
}

Ref<ClaimShape> MakeShape(const Catalog& catalog, uint32_t group,
                          absl::Span<const LiveAssignment> assignments) {
  ClaimShape shape;
  shape.head = {.group = group,
                .item_count = static_cast<uint32_t>(assignments.size()),
                .priority = assignments[0].priority,
                .assigned_at = assignments[0].assigned_at};
  shape.plan_sets = PlanRows(catalog.words());
  std::vector<uint64_t> all(catalog.words());
  shape.smallest_sku = assignments[0].sku;
  for (const LiveAssignment& assignment : assignments) {
    const std::vector<uint64_t> plans = PlansOf(catalog, assignment);
    shape.items.push_back({assignment.sku, static_cast<uint32_t>(shape.plan_sets.Add(plans))});
    UnionInto(absl::MakeSpan(all), plans);
    shape.head.priority = std::max(shape.head.priority, assignment.priority);
    shape.head.assigned_at = std::min(shape.head.assigned_at, assignment.assigned_at);
    if (catalog.sku(assignment.sku).id < catalog.sku(shape.smallest_sku).id) {
      shape.smallest_sku = assignment.sku;
    }
  }
  if (assignments.size() > 1) shape.plan_sets.Add(all);
  const std::vector<uint32_t> needs = NeedsOf(catalog, all);
  for (uint32_t row : needs) shape.plan_sets.Add(catalog.any_of(row));
  shape.need_count = static_cast<uint32_t>(needs.size());
  const std::vector<uint64_t> conflicts = ConflictsOf(catalog, all);
  if (!IsEmpty(conflicts)) shape.plan_sets.Add(conflicts);
  shape.head.conflicts_with_itself = Intersects(conflicts, all);
  shape.head.needs_others = !needs.empty();
  shape.head.wants_unique_address = Intersects(all, catalog.unique_address_plans());
  return Ref<ClaimShape>::Make(std::move(shape));
}

// The rest of a shape follows from this and the catalog.
bool SameShape(const ClaimShape& x, const ClaimShape& y) {
  if (x.head.group != y.head.group || x.head.priority != y.head.priority ||
      x.head.assigned_at != y.head.assigned_at || x.items != y.items) {
    return false;
  }
  return std::all_of(x.items.begin(), x.items.end(), [&](const ShapeItem& item) {
    return x.plan_sets[item.plans] == y.plan_sets[item.plans];
  });
}

Ref<GroupShapes> MakeGroupShapes(const Catalog& catalog, AssignmentMode mode, uint32_t group,
                                 absl::string_view group_id,
                                 absl::Span<const LiveAssignment> assignments,
                                 const Ref<GroupShapes>& before) {
  GroupShapes shapes;
  shapes.group = group;
  shapes.id_prefix = PrefixOf(group_id);
  if (mode == AssignmentMode::kGroupAtomic) {  // C4.
    shapes.list.push_back(MakeShape(catalog, group, assignments));
  } else {  // C3.
    for (size_t i = 0; i < assignments.size(); ++i) {
      shapes.list.push_back(MakeShape(catalog, group, assignments.subspan(i, 1)));
    }
  }
  if (before) {
    for (Ref<ClaimShape>& shape : shapes.list) {
      const auto same = std::find_if(before->list.begin(), before->list.end(),
                                     [&](const auto& old) { return SameShape(*old, *shape); });
      if (same != before->list.end()) shape = *same;
    }
  }
  const auto smallest = [&](const Ref<ClaimShape>& shape) -> const SkuId& {
    return catalog.sku(shape->smallest_sku).id;
  };
  std::sort(shapes.list.begin(), shapes.list.end(),
            [&](const auto& a, const auto& b) { return smallest(a) < smallest(b); });
  return Ref<GroupShapes>::Make(std::move(shapes));
}

}  // namespace seatwise
