#include "engine/incremental/claim_shape.h"

#include <algorithm>
#include <utility>

#include "engine/incremental/number_index.h"

namespace seatwise {

std::vector<uint64_t> PlansOf(const Catalog& catalog, const LiveAssignment& assignment) {
  const PlanBits all = catalog.user_plans(assignment.sku);
  std::vector<uint64_t> plans(all.begin(), all.end());
  if (!assignment.disabled) return plans;
  const std::vector<uint64_t>& disabled = assignment.disabled->bits;
  for (size_t i = 0; i < std::min(plans.size(), disabled.size()); ++i) plans[i] &= ~disabled[i];
  return plans;
}

namespace {

Ref<AskedPlans> AskedBy(const LiveProducts& products,
                        absl::Span<const LiveAssignment> assignments) {
  if (assignments.size() == 1 && !assignments[0].disabled) {
    return products.asked_whole(assignments[0].sku);
  }
  std::vector<std::vector<uint64_t>> items;
  for (const LiveAssignment& assignment : assignments) {
    items.push_back(PlansOf(*products.catalog(), assignment));
  }
  return AskFor(*products.catalog(), items);
}

}  // namespace

Ref<ClaimShape> MakeShape(const LiveProducts& products, uint32_t group,
                          absl::Span<const LiveAssignment> assignments) {
  const Catalog& catalog = *products.catalog();
  ClaimShape shape;
  shape.head = {.group = group,
                .item_count = static_cast<uint32_t>(assignments.size()),
                .priority = assignments[0].priority,
                .assigned_at = assignments[0].assigned_at};
  shape.smallest_sku = assignments[0].sku;
  for (const LiveAssignment& assignment : assignments) {
    shape.items.push_back({assignment.sku, static_cast<uint32_t>(shape.items.size())});
    shape.head.priority = std::max(shape.head.priority, assignment.priority);
    shape.head.assigned_at = std::min(shape.head.assigned_at, assignment.assigned_at);
    if (catalog.sku(assignment.sku).id < catalog.sku(shape.smallest_sku).id) {
      shape.smallest_sku = assignment.sku;
    }
  }
  shape.asked = AskedBy(products, assignments);
  shape.head.conflicts_with_itself = Intersects(shape.asked->conflicts(), shape.asked->plans());
  shape.head.needs_others = shape.asked->need_count > 0;
  shape.head.wants_unique_address =
      Intersects(shape.asked->plans(), catalog.unique_address_plans());
  return Ref<ClaimShape>::Make(std::move(shape));
}

// The rest of a shape follows from this and the catalog.
bool SameShape(const ClaimShape& x, const ClaimShape& y) {
  if (x.head.group != y.head.group || x.head.priority != y.head.priority ||
      x.head.assigned_at != y.head.assigned_at || x.items != y.items) {
    return false;
  }
  return x.asked == y.asked ||
         std::all_of(x.items.begin(), x.items.end(),
                     [&](const ShapeItem& item) { return x.plans(item) == y.plans(item); });
}

Ref<GroupShapes> MakeGroupShapes(const LiveProducts& products, AssignmentMode mode, uint32_t group,
                                 absl::string_view group_id,
                                 absl::Span<const LiveAssignment> assignments,
                                 const Ref<GroupShapes>& before) {
  GroupShapes shapes;
  shapes.group = group;
  shapes.id_prefix = PrefixOf(group_id);
  if (mode == AssignmentMode::kGroupAtomic) {  // C4.
    shapes.list.push_back(MakeShape(products, group, assignments));
  } else {  // C3.
    for (size_t i = 0; i < assignments.size(); ++i) {
      shapes.list.push_back(MakeShape(products, group, assignments.subspan(i, 1)));
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
    return products.catalog()->sku(shape->smallest_sku).id;
  };
  std::sort(shapes.list.begin(), shapes.list.end(),
            [&](const auto& a, const auto& b) { return smallest(a) < smallest(b); });
  return Ref<GroupShapes>::Make(std::move(shapes));
}

}  // namespace seatwise
