// What a source asks for: the part of a claim that is the same for every user that the source
// reaches (C1 to C4). The rules of this room work over any collection of such shapes: a table of
// all shapes of a tenant (shapes.h), or just the claims of the user at hand.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// A position in a collection of shapes.
using ShapeNo = uint32_t;

// One item of a claim: a SKU and the plans asked for (C1).
struct ShapeItem {
  SkuNo sku = 0;
  uint32_t plans = 0;  // A number for plan_set of the collection; the set may be empty.

  friend bool operator==(const ShapeItem&, const ShapeItem&) = default;
  friend auto operator<=>(const ShapeItem&, const ShapeItem&) = default;
};

struct Shape {
  // Stands for the group of a direct claim.
  static constexpr uint32_t kDirect = 0xffffffff;

  uint32_t group = kDirect;  // As whoever made the collection numbers groups.
  uint32_t first_item = 0;   // In the list of whoever made the collection, where it has several.
  uint32_t item_count = 0;
  // Of a group's shape: the highest priority and the earliest time of its assignments (C3, C4).
  // A direct claim takes both from the user's own assignment (C2).
  int32_t priority = 0;
  Time assigned_at;

  bool conflicts_with_itself = false;  // K4 always fails: two of its own plans conflict.
  bool needs_others = false;           // It has needs: K5 fails unless others meet them.
  bool wants_unique_address = false;   // K3 fails for users with an address clash.

  bool direct() const { return group == kDirect; }
};

// A collection of shapes that refer to one catalog.
template <typename T>
concept Shapes = requires(const T& shapes, ShapeNo shape, uint32_t number, PlanBits set) {
  { shapes.catalog() } -> std::convertible_to<const Catalog&>;
  { shapes[shape] } -> std::convertible_to<const Shape&>;
  // Ascending by SKU; at least one.
  { shapes.items(shape) } -> std::convertible_to<absl::Span<const ShapeItem>>;
  // P: the union of the items' plans.
  { shapes.plans(shape) } -> std::convertible_to<PlanBits>;
  // What of P others can tell: a superset of the plans of P that conflict with any plan or that any
  // requires. bond_words() long, and what the next two are asked about is as well; whoever holds
  // the shapes numbers what is in them, as plans of the catalog or by itself (plan_bonds.h).
  { shapes.bond_words() } -> std::convertible_to<size_t>;
  { shapes.bonds(shape) } -> std::convertible_to<PlanBits>;
  // What conflicts with some plan of P (K4), in any form of a set; the empty span if nothing does.
  { Intersects(shapes.conflicts(shape), set) } -> std::convertible_to<bool>;
  // What P needs others to enable (K5): need_count sets, of each of which one will do.
  { shapes.need_count(shape) } -> std::convertible_to<uint32_t>;
  { Intersects(shapes.need(shape, number), set) } -> std::convertible_to<bool>;
  // The set that ShapeItem::plans numbers.
  { shapes.plan_set(number) } -> std::convertible_to<PlanBits>;
};

}  // namespace seatwise
