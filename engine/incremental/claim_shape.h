// What one source asks for (C1 to C4), as an object that versions, users and outcomes share: it
// lives as long as anybody refers to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "engine/incremental/asked_plans.h"
#include "engine/incremental/live_products.h"
#include "engine/incremental/ref.h"
#include "engine/model/catalog.h"
#include "engine/model/facts.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/shape.h"

namespace seatwise {

// A set of plans that many facts have. It may be shorter than the sets of the catalog at hand: then
// the plans beyond its end are not in it.
struct PlanSet : RefCounted {
  std::vector<uint64_t> bits;
};

// An assignment of a principal that is known from the context.
struct LiveAssignment {
  SkuNo sku = 0;
  int32_t priority = 0;
  Time assigned_at;
  Ref<PlanSet> disabled;  // Nothing if no plan is disabled. Also plans that are not in the SKU.
};

// Immutable. Made by MakeShape.
struct ClaimShape : RefCounted {
  // `group` is the stored number of the group; first_item is 0. For a direct claim priority and
  // assigned_at are those of the user's assignment, not these here (C2).
  Shape head;
  SkuNo smallest_sku = 0;  // Of the items, by the bytes of the id (C5).
  // Ascending by SKU number. `plans` is the position of the item, here and in asked->sets.
  absl::InlinedVector<ShapeItem, 2> items;
  Ref<AskedPlans> asked;

  // What the item asks for.
  PlanBits plans(const ShapeItem& item) const { return asked->sets[item.plans]; }
};

// Whether two shapes that were made for the same catalog are equal.
bool SameShape(const ClaimShape& x, const ClaimShape& y);

// Where something about a claim is kept of which each of `places` (a power of two) holds the last
// one: users of a tenant share few claims.
inline size_t PlaceFor(const ClaimShape* claim, size_t places) {
  const uint64_t mixed = reinterpret_cast<uintptr_t>(claim) * 0x9e3779b97f4a7c15u;
  return mixed >> 32 & (places - 1);
}

// Shapes of direct claims for one SKU, so that users with equal ones share them. Immutable.
struct ShapeList : RefCounted {
  std::vector<Ref<ClaimShape>> list;
};

// All that a licensed group asks for. Immutable.
struct GroupShapes : RefCounted {
  uint32_t group = 0;      // The stored number.
  uint64_t id_prefix = 0;  // Of the group (number_index.h).
  // By the bytes of the smallest SKU's id; at least one.
  absl::InlinedVector<Ref<ClaimShape>, 4> list;
};

// What a licensed group asked for and asks for now; nothing if it was, or is, not licensed. Shapes
// that stay are the same objects in both. Nothing else is different for its members.
struct SwappedShapes {
  uint32_t group = 0;
  Ref<GroupShapes> before;
  Ref<GroupShapes> after;
};

// The shape of `assignments` as one claim of `group` (or Shape::kDirect); there is at least one,
// ascending by SKU number.
Ref<ClaimShape> MakeShape(const LiveProducts& products, uint32_t group,
                          absl::Span<const LiveAssignment> assignments);

// C3 or C4 for a group with these assignments, of which there is at least one; ascending by SKU
// number. Shapes of `before`, if it is given, that would be equal are used again: it was made for
// the same group and catalog.
Ref<GroupShapes> MakeGroupShapes(const LiveProducts& products, AssignmentMode mode, uint32_t group,
                                 absl::string_view group_id,
                                 absl::Span<const LiveAssignment> assignments,
                                 const Ref<GroupShapes>& before = {});

// C1: the USER plans of the SKU that the assignment leaves.
std::vector<uint64_t> PlansOf(const Catalog& catalog, const LiveAssignment& assignment);

}  // namespace seatwise
