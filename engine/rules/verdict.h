// What the checks of section 6 find against the final state (G3): the violations of every item of a
// user's claims, as codes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/derived.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/granting.h"
#include "engine/rules/relations.h"
#include "engine/rules/shape.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Judges the claims of one user at a time; reused for its buffers. One thread.
template <Shapes Collection>
class Judge {
 public:
  // `full` says by SKU whether no seat is left after all granting; nullptr: of every SKU.
  Judge(const Collection& shapes, const TraitTable& traits, const std::vector<char>* full)
      : shapes_(shapes), traits_(traits), full_(full) {}

  // The violations of each item, claim after claim in the order of `list`; 0 for granted ones.
  // Valid until the next call.
  absl::Span<const ViolationMask> Items(const ClaimList& list, absl::Span<const uint64_t> granted);

 private:
  static constexpr ViolationMask Bit(ViolationCode code) {
    return static_cast<ViolationMask>(1u << static_cast<unsigned>(code));
  }
  bool IsFull(SkuNo sku) const { return full_ == nullptr || (*full_)[sku] != 0; }
  void Load(const ClaimList& list, absl::Span<const uint64_t> granted);
  void JudgeRejected(ShapeNo shape, Traits traits);
  // K1 to K5 of one item, where with_claim_ is E and P.
  ViolationMask CheckItem(const ShapeItem& item, Traits traits) const;

  const Collection& shapes_;
  const TraitTable& traits_;
  const std::vector<char>* const full_;

  // Without memory until something is rejected.
  std::vector<uint64_t> enabled_;  // E: what the granted claims enable.
  std::vector<uint64_t> with_claim_;
  std::vector<char> held_;        // By SKU.
  std::vector<SkuNo> held_list_;  // The SKUs marked in held_.
  std::vector<ViolationMask> items_;
};

template <Shapes Collection>
absl::Span<const ViolationMask> Judge<Collection>::Items(const ClaimList& list,
                                                         absl::Span<const uint64_t> granted) {
  // Where nothing is rejected nobody asks what is held.
  if (!AllGranted(granted, list.shapes.size())) Load(list, granted);
  items_.clear();
  for (size_t claim = 0; claim < list.shapes.size(); ++claim) {
    if (IsGranted(granted, claim)) {
      items_.insert(items_.end(), shapes_[list.shapes[claim]].item_count, 0);
    } else {
      JudgeRejected(list.shapes[claim], list.traits);
    }
  }
  return items_;
}

template <Shapes Collection>
void Judge<Collection>::Load(const ClaimList& list, absl::Span<const uint64_t> granted) {
  enabled_.assign(shapes_.catalog().words(), 0);
  with_claim_.resize(enabled_.size());
  held_.resize(shapes_.catalog().skus());
  for (SkuNo sku : held_list_) held_[sku] = 0;
  held_list_.clear();
  for (size_t claim = 0; claim < list.shapes.size(); ++claim) {
    if (!IsGranted(granted, claim)) continue;
    UnionInto(absl::MakeSpan(enabled_), shapes_.plans(list.shapes[claim]));
    for (const ShapeItem& item : shapes_.items(list.shapes[claim])) {
      held_[item.sku] = 1;
      held_list_.push_back(item.sku);
    }
  }
}

template <Shapes Collection>
void Judge<Collection>::JudgeRejected(ShapeNo shape, Traits traits) {
  const PlanBits asked = shapes_.plans(shape);
  for (size_t i = 0; i < asked.size(); ++i) with_claim_[i] = enabled_[i] | asked[i];
  const absl::Span<const ShapeItem> shape_items = shapes_.items(shape);
  const size_t begin = items_.size();
  ViolationMask any = 0;
  for (const ShapeItem& item : shape_items) {
    items_.push_back(CheckItem(item, traits));
    any |= items_.back();
  }
  for (size_t i = 0; i < shape_items.size(); ++i) {
    const SkuNo sku = shape_items[i].sku;
    ViolationMask& mask = items_[begin + i];
    // K6: only a claim that lacks nothing but a seat waits for one.
    if (any == 0 && held_[sku] == 0 && IsFull(sku)) mask |= Bit(ViolationCode::kCount);
    if (mask == 0) mask = Bit(ViolationCode::kOther);  // K7.
  }
}

template <Shapes Collection>
ViolationMask Judge<Collection>::CheckItem(const ShapeItem& item, Traits traits) const {
  const Catalog& catalog = shapes_.catalog();
  const PlanBits plans = shapes_.plan_set(item.plans);
  ViolationMask mask = 0;
  if (TraitTable::LocationMissing(traits)) {
    mask |= Bit(ViolationCode::kUsageLocationMissing);
  } else if (Intersects(plans, traits_.Prohibited(traits))) {
    mask |= Bit(ViolationCode::kProhibitedInUsageLocation);
  }
  if (TraitTable::AddressClash(traits) && Intersects(plans, catalog.unique_address_plans())) {
    mask |= Bit(ViolationCode::kUniqueness);
  }
  if (HasConflict(catalog, plans, with_claim_)) mask |= Bit(ViolationCode::kMutuallyExclusive);
  if (HasUnmetRequirement(catalog, plans, with_claim_)) mask |= Bit(ViolationCode::kDependency);
  return mask;
}

}  // namespace seatwise
