// The claims of one user as the rules want to see them (rules/shape.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/incremental/claim_shape.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"
#include "engine/model/plan_words.h"
#include "engine/rules/shape.h"

namespace seatwise {

// A collection of shapes in which a ShapeNo is the position of a claim in the list of the user at
// hand. Reused from user to user. One thread; refers to the shapes it was loaded with.
class UserShapes {
 public:
  explicit UserShapes(const Catalog& catalog) : catalog_(catalog) {}

  // Turns to the claims of another user.
  void Clear() {
    shapes_.clear();
    items_.clear();
    plan_sets_.clear();
  }
  void Add(const ClaimShape& shape) { shapes_.push_back(&shape); }
  // Before plan_set is used: numbers the plan sets of all items, so that each has its own.
  void NumberPlans();

  size_t size() const { return shapes_.size(); }
  const ClaimShape& shape(ShapeNo claim) const { return *shapes_[claim]; }

  const Catalog& catalog() const { return catalog_; }
  const Shape& operator[](ShapeNo claim) const { return shapes_[claim]->head; }
  absl::Span<const ShapeItem> items(ShapeNo claim) const {
    if (items_.empty()) return shapes_[claim]->items;
    return absl::MakeConstSpan(items_).subspan(first_item_[claim], shapes_[claim]->items.size());
  }
  PlanBits plans(ShapeNo claim) const { return shapes_[claim]->asked->plans(); }
  // Plans have their own numbers here: shapes outlive changes of what decides about others.
  size_t bond_words() const { return catalog_.words(); }
  PlanBits bonds(ShapeNo claim) const { return plans(claim); }
  FewPlans conflicts(ShapeNo claim) const { return shapes_[claim]->asked->conflicts(); }
  uint32_t need_count(ShapeNo claim) const { return shapes_[claim]->asked->need_count; }
  FewPlans need(ShapeNo claim, uint32_t number) const {
    return shapes_[claim]->asked->need(number);
  }
  PlanBits plan_set(uint32_t number) const { return plan_sets_[number]; }

 private:
  const Catalog& catalog_;
  std::vector<const ClaimShape*> shapes_;
  // Once NumberPlans was called: the items of all claims, where the first of each are, and the sets
  // that they number.
  std::vector<ShapeItem> items_;
  std::vector<size_t> first_item_;
  std::vector<PlanBits> plan_sets_;
};
static_assert(Shapes<UserShapes>);

inline void UserShapes::NumberPlans() {
  items_.clear();
  first_item_.clear();
  plan_sets_.clear();
  for (const ClaimShape* shape : shapes_) {
    first_item_.push_back(items_.size());
    for (const ShapeItem& item : shape->items) {
      items_.push_back({item.sku, static_cast<uint32_t>(plan_sets_.size())});
      plan_sets_.push_back(shape->plans(item));
    }
  }
}

}  // namespace seatwise
