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
  shape.plans.resize(catalog.words());
  shape.smallest_sku = assignments[0].sku;
  for (const LiveAssignment& assignment : assignments) {
    const std::vector<uint64_t> plans = PlansOf(catalog, assignment);
    shape.items.push_back({assignment.sku, static_cast<uint32_t>(shape.plan_sets.Add(plans))});
    UnionInto(absl::MakeSpan(shape.plans), plans);
    shape.head.priority = std::max(shape.head.priority, assignment.priority);
    shape.head.assigned_at = std::min(shape.head.assigned_at, assignment.assigned_at);
    if (catalog.sku(assignment.sku).id < catalog.sku(shape.smallest_sku).id) {
      shape.smallest_sku = assignment.sku;
    }
  }
  shape.head.conflicts_with_itself = HasConflict(catalog, shape.plans, shape.plans);
  shape.head.needs_others = HasUnmetRequirement(catalog, shape.plans, shape.plans);
  shape.head.wants_unique_address = Intersects(shape.plans, catalog.unique_address_plans());
  return Ref<ClaimShape>::Make(std::move(shape));
}

Ref<GroupShapes> MakeGroupShapes(const Catalog& catalog, AssignmentMode mode, uint32_t group,
                                 absl::string_view group_id,
                                 absl::Span<const LiveAssignment> assignments) {
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
  const auto smallest = [&](const Ref<ClaimShape>& shape) -> const SkuId& {
    return catalog.sku(shape->smallest_sku).id;
  };
  std::sort(shapes.list.begin(), shapes.list.end(),
            [&](const auto& a, const auto& b) { return smallest(a) < smallest(b); });
  return Ref<GroupShapes>::Make(std::move(shapes));
}

}  // namespace seatwise
