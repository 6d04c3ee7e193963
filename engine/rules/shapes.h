// What the sources of a tenant ask for: the part of a claim that is the same for every user that
// the source reaches (C1 to C4), prepared once so that a user's claims are a list of numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/columns.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// A position in the ShapeTable. Shapes of groups come first, by (group, smallest SKU); then direct
// ones, by (SKU, plans). A list of claims in ascending order is thus in the order of claims.csv.
using ShapeNo = uint32_t;

// One item of a claim: a SKU and the plans asked for (C1).
struct ShapeItem {
  SkuNo sku = 0;
  uint32_t plans = 0;  // A number in Columns::plan_sets; the set may be empty.

  friend bool operator==(const ShapeItem&, const ShapeItem&) = default;
  friend auto operator<=>(const ShapeItem&, const ShapeItem&) = default;
};

struct Shape {
  // Stands for the group of a direct claim.
  static constexpr GroupNo kDirect = 0xffffffff;

  GroupNo group = kDirect;
  uint32_t first_item = 0;
  uint32_t item_count = 0;
  // Of a group's shape: the highest priority and the earliest time of its assignments (C3, C4).
  // A direct claim takes both from the user's own assignment (C2).
  int32_t priority = 0;
  Time assigned_at;

  bool conflicts_with_itself = false;  // K4 always fails: two of its own plans conflict.
  bool needs_others = false;           // K5 fails unless other claims enable something.
  bool wants_unique_address = false;   // K3 fails for users with an address clash.

  bool direct() const { return group == kDirect; }
};

// Immutable; reads from any thread. Refers to the columns it was built from.
class ShapeTable {
 public:
  explicit ShapeTable(const Columns& columns);

  const Columns& columns() const { return *columns_; }
  const Catalog& catalog() const { return columns_->catalog; }

  size_t size() const { return shapes_.size(); }
  const Shape& operator[](ShapeNo shape) const { return shapes_[shape]; }
  // Ascending by SKU; at least one.
  absl::Span<const ShapeItem> items(ShapeNo shape) const {
    return absl::MakeConstSpan(items_).subspan(shapes_[shape].first_item,
                                               shapes_[shape].item_count);
  }
  // P: the union of the items' plans.
  PlanBits plans(ShapeNo shape) const { return plans_[shape]; }

  bool IsLicensed(GroupNo group) const {
    return first_of_group_[group] != first_of_group_[group + 1];
  }
  // The shapes of a group are begin to end - 1.
  ShapeNo GroupBegin(GroupNo group) const { return first_of_group_[group]; }
  ShapeNo GroupEnd(GroupNo group) const { return first_of_group_[group + 1]; }

  // The shape of Columns::direct[row].
  ShapeNo DirectShape(size_t row) const { return direct_shape_[row]; }

 private:
  void AddGroups();
  void AddDirect();
  void Add(GroupNo group, absl::Span<const AssignmentRow> assignments);

  const Columns* columns_;
  std::vector<Shape> shapes_;
  std::vector<ShapeItem> items_;
  PlanRows plans_;                       // By shape.
  std::vector<ShapeNo> first_of_group_;  // By group, and one past the end.
  std::vector<ShapeNo> direct_shape_;    // By row of Columns::direct.
};

}  // namespace seatwise
