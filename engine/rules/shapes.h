// What all sources of a tenant ask for, prepared once so that a user's claims are a list of
// numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/prefetch.h"
#include "engine/model/columns.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/plan_bonds.h"
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

  size_t size() const { return rows_.size(); }
  const Shape& operator[](ShapeNo shape) const { return rows_[shape].shape; }
  // Ascending by SKU; at least one.
  absl::Span<const ShapeItem> items(ShapeNo shape) const {
    const Row& row = rows_[shape];
    if (row.shape.item_count == 1) return absl::MakeConstSpan(&row.only_item, 1);
    return absl::MakeConstSpan(items_).subspan(row.shape.first_item, row.shape.item_count);
  }
  // P: the union of the items' plans.
  PlanBits plans(ShapeNo shape) const { return PlanSet(rows_[shape].plans); }
  // Sets of bonds (plan_bonds.h), here and below: those of P.
  const PlanBonds& plan_bonds() const { return plan_bonds_; }
  size_t bond_words() const { return plan_bonds_.words(); }
  PlanBits bonds(ShapeNo shape) const { return bonds_[rows_[shape].plans]; }
  // What conflicts with some plan of P (K4); the empty span if nothing does.
  PlanBits conflicts(ShapeNo shape) const {
    const uint32_t set = conflicts_of_[rows_[shape].plans];
    return set != 0 ? conflicts_[set] : PlanBits();
  }
  // What P needs others to enable (K5): need_count sets, of each of which one will do.
  uint32_t need_count(ShapeNo shape) const {
    const uint32_t plans = rows_[shape].plans;
    return first_need_[plans + 1] - first_need_[plans];
  }
  PlanBits need(ShapeNo shape, uint32_t number) const {
    return needs_[needs_of_[first_need_[rows_[shape].plans] + number]];
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
  // What is met at each turn of a claim lies in one line of the cache; what else there is to know
  // follows from P, of which there are few.
  struct alignas(kCacheLine) Row {
    Shape shape;
    ShapeItem only_item;  // If it has one item.
    uint32_t plans = 0;   // P, as a number for PlanSet.
  };

  void AddGroups();
  void AddDirect();
  void Add(GroupNo group, absl::Span<const AssignmentRow> assignments);
  void AddPlanSet(PlanBits plans);
  // The sets of the columns, by their numbers; then each other P.
  PlanBits PlanSet(uint32_t number) const {
    const size_t sets = columns_->plan_sets.size();
    return number < sets ? columns_->plan_sets[number]
                         : unions_[static_cast<uint32_t>(number - sets)];
  }

  const Columns* columns_;
  std::vector<Row> rows_;         // By shape.
  std::vector<ShapeItem> items_;  // Of shapes with several.
  PlanBonds plan_bonds_;
  PlanSetTable unions_;                 // P of shapes with several items.
  PlanRows bonds_;                      // By number for PlanSet.
  PlanSetTable conflicts_;              // Number 0 is the empty set.
  std::vector<uint32_t> conflicts_of_;  // By number for PlanSet.
  PlanSetTable needs_;
  std::vector<uint32_t> needs_of_;       // P after P.
  std::vector<uint32_t> first_need_;     // By number for PlanSet, and one past the end.
  std::vector<ShapeNo> first_of_group_;  // By group, and one past the end.
  std::vector<ShapeNo> direct_shape_;    // By row of Columns::direct.
};

}  // namespace seatwise
