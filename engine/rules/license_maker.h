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
  void Add(const ShapeItem& item, bool granted);
  void Unite(absl::Span<const ShapeNo> claims, absl::Span<const uint64_t> granted,
             LicenseDraft& draft);

  const Collection& shapes_;
  PlanSetTable unions_;
  std::vector<uint64_t> asked_;         // As bits by SKU; none between calls.
  std::vector<LicenseDraft> draft_of_;  // By SKU; of those asked for.
  std::vector<LicenseDraft> drafts_;
  std::vector<uint64_t> plans_;
};

template <Shapes Collection>
absl::Span<const LicenseDraft> LicenseMaker<Collection>::Make(absl::Span<const ShapeNo> claims,
                                                              absl::Span<const uint64_t> granted) {
  const size_t skus = shapes_.catalog().skus();
  if (draft_of_.size() < skus) {  // A catalog may grow.
    draft_of_.resize(skus);
    asked_.resize(PlanWords(skus));
  }
  for (size_t claim = 0; claim < claims.size(); ++claim) {
    const bool is_granted = IsGranted(granted, claim);
    for (const ShapeItem& item : shapes_.items(claims[claim])) Add(item, is_granted);
  }
  drafts_.clear();
  ForEachPlan(asked_, [&](SkuNo sku) {
    drafts_.push_back(draft_of_[sku]);
    LicenseDraft& draft = drafts_.back();
    // One set of plans is that of a claim; none, or several different ones, are not.
    if (!draft.held || draft.is_union) Unite(claims, granted, draft);
  });
  std::fill(asked_.begin(), asked_.end(), 0);
  return drafts_;
}

// Adds an item of a claim to what is known of its SKU.
template <Shapes Collection>
void LicenseMaker<Collection>::Add(const ShapeItem& item, bool granted) {
  LicenseDraft& draft = draft_of_[item.sku];
  if (!Contains(asked_, item.sku)) {
    Insert(absl::MakeSpan(asked_), item.sku);
    draft = {.sku = item.sku};
  }
  draft.rejected = draft.rejected || !granted;
  if (!granted) return;
  draft.is_union = draft.held && (draft.is_union || draft.enabled_plans != item.plans);
  draft.held = true;
  draft.enabled_plans = item.plans;
}

// Sets the enabled plans to what all granted claims for the SKU enable together.
template <Shapes Collection>
void LicenseMaker<Collection>::Unite(absl::Span<const ShapeNo> claims,
                                     absl::Span<const uint64_t> granted, LicenseDraft& draft) {
  plans_.assign(shapes_.catalog().words(), 0);
  for (size_t claim = 0; draft.held && claim < claims.size(); ++claim) {
    if (!IsGranted(granted, claim)) continue;
    for (const ShapeItem& item : shapes_.items(claims[claim])) {
      if (item.sku == draft.sku) UnionInto(absl::MakeSpan(plans_), shapes_.plan_set(item.plans));
    }
  }
  draft.is_union = true;
  draft.enabled_plans = unions_.Intern(plans_);
}

}  // namespace seatwise
