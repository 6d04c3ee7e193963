// From granted claims to licenses: which SKUs a user holds, whether with errors, and with which
// plans (O1 to O3).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/derived.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/granting.h"
#include "engine/rules/shape.h"

namespace seatwise {

// One SKU that a user has a claim for.
struct LicenseDraft {
  SkuNo sku = 0;
  bool held = false;      // O1.
  bool rejected = false;  // A rejected claim contains it.
  // Where the enabled plans are: a number for plan_set of the shapes, or in LicenseMaker::unions().
  bool is_union = false;
  uint32_t enabled_plans = 0;
};

// O2. `off` says whether the SKU is (S4).
inline LicenseState StateOf(bool held, bool rejected, bool off) {
  if (!held) return LicenseState::kError;
  if (off) return LicenseState::kDisabled;
  return rejected ? LicenseState::kActiveWithError : LicenseState::kActive;
}

// Works on one user at a time; reused for its buffers. One thread.
//
// The items of the claims are gathered by SKU, of which a set of bits says the order: sorting some
// few items, in no order, costs a wrong guess for every other comparison.
template <Shapes Collection>
class LicenseMaker {
 public:
  explicit LicenseMaker(const Collection& shapes)
      : shapes_(shapes), unions_(shapes.catalog().words()) {}

  // Ascending by SKU. Valid until the next call.
  absl::Span<const LicenseDraft> Make(absl::Span<const ShapeNo> claims,
                                      absl::Span<const uint64_t> granted);

  // Sets that are not among those of the shapes: the empty one, and what several claims enable
  // together.
  const PlanSetTable& unions() const { return unions_; }

 private:
  // A SKU asked for, so far.
  struct Asked {
    LicenseDraft draft;
    size_t sum = 0;  // Of several sets of plans: a row of sums_.
  };

  void Add(const ShapeItem& item, bool granted);
  void AddToSum(uint32_t plans, Asked& asked);

  const Collection& shapes_;
  PlanSetTable unions_;
  std::vector<uint64_t> skus_;  // That are asked for, as bits; none between calls.
  std::vector<Asked> asked_;    // By SKU; of those asked for.
  std::vector<LicenseDraft> drafts_;
  PlanRows sums_;
};

template <Shapes Collection>
absl::Span<const LicenseDraft> LicenseMaker<Collection>::Make(absl::Span<const ShapeNo> claims,
                                                              absl::Span<const uint64_t> granted) {
  const Catalog& catalog = shapes_.catalog();
  if (asked_.size() < catalog.skus()) {  // A catalog may grow.
    asked_.resize(catalog.skus());
    skus_.resize(PlanWords(catalog.skus()));
  }
  if (sums_.words() != catalog.words()) sums_ = PlanRows(catalog.words(), 1);
  sums_.Shrink(1);  // Row 0: no plans.
  for (size_t claim = 0; claim < claims.size(); ++claim) {
    const bool is_granted = IsGranted(granted, claim);
    for (const ShapeItem& item : shapes_.items(claims[claim])) Add(item, is_granted);
  }
  drafts_.clear();
  ForEachPlan(skus_, [&](SkuNo sku) {
    drafts_.push_back(asked_[sku].draft);
    LicenseDraft& draft = drafts_.back();
    // One set of plans is that of a claim; none, or several different ones, are not.
    draft.is_union = draft.is_union || !draft.held;
    if (draft.is_union) draft.enabled_plans = unions_.Intern(sums_[asked_[sku].sum]);
  });
  std::fill(skus_.begin(), skus_.end(), 0);
  return drafts_;
}

// Adds an item of a claim to what is known of its SKU.
template <Shapes Collection>
void LicenseMaker<Collection>::Add(const ShapeItem& item, bool granted) {
  Asked& asked = asked_[item.sku];
  LicenseDraft& draft = asked.draft;
  if (!Contains(skus_, item.sku)) {
    Insert(absl::MakeSpan(skus_), item.sku);
    asked = {.draft = {.sku = item.sku}};
  }
  draft.rejected = draft.rejected || !granted;
  if (!granted) return;
  if (!draft.held) {
    draft.held = true;
    draft.enabled_plans = item.plans;
  } else if (item.plans != draft.enabled_plans) {
    AddToSum(item.plans, asked);
  }
}

// Adds plans that are not those that the SKU's first granted item asks for.
template <Shapes Collection>
void LicenseMaker<Collection>::AddToSum(uint32_t plans, Asked& asked) {
  if (!asked.draft.is_union) {
    asked.draft.is_union = true;
    asked.sum = sums_.Add(shapes_.plan_set(asked.draft.enabled_plans));
  }
  UnionInto(sums_.Mutable(asked.sum), shapes_.plan_set(plans));
}

}  // namespace seatwise
