// What all sources of a tenant ask for, prepared once so that a user's claims are a list of
// numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/columns.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/shape.h"

namespace seatwise {

// Shapes of groups come first, by (group, smallest SKU); then direct ones, by (SKU, plans). A list
// of claims in ascending order is thus in the order of claims.csv.
//
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
  // The plans that conflict with some plan of P (K4); the empty span if there are none.
  PlanBits conflicts(ShapeNo shape) const {
    const uint32_t set = conflicts_of_[shape];
    return set != 0 ? conflicts_[set] : PlanBits();
  }
  // What P needs others to enable (K5): need_count sets, of each of which one plan will do.
  uint32_t need_count(ShapeNo shape) const { return first_need_[shape + 1] - first_need_[shape]; }
  PlanBits need(ShapeNo shape, uint32_t number) const {
    return catalog().any_of(needs_[first_need_[shape] + number]);
  }
  // The set that ShapeItem::plans numbers.
  PlanBits plan_set(uint32_t number) const { return columns_->plan_sets[number]; }

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
  PlanSetTable conflicts_;               // Distinct sets; number 0 is the empty one.
  std::vector<uint32_t> conflicts_of_;   // By shape.
  std::vector<uint32_t> needs_;          // Shape after shape: rows of Catalog::any_of.
  std::vector<uint32_t> first_need_;     // By shape, and one past the end.
  std::vector<ShapeNo> first_of_group_;  // By group, and one past the end.
  std::vector<ShapeNo> direct_shape_;    // By row of Columns::direct.
};

}  // namespace seatwise
