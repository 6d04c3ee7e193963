#include "engine/batch/license_maker.h"

#include <algorithm>

namespace seatwise {

LicenseMaker::LicenseMaker(const ShapeTable& shapes)
    : shapes_(shapes), unions_(shapes.catalog().words()), plans_(shapes.catalog().words()) {}

absl::Span<const LicenseDraft> LicenseMaker::Make(absl::Span<const ShapeNo> claims,
                                                  absl::Span<const uint64_t> granted) {
  asked_.clear();
  for (size_t claim = 0; claim < claims.size(); ++claim) {
    for (const ShapeItem& item : shapes_.items(claims[claim])) {
      asked_.push_back({item.sku, IsGranted(granted, claim), item.plans});
    }
  }
  std::sort(asked_.begin(), asked_.end());
  drafts_.clear();
  for (size_t begin = 0, end = 0; begin < asked_.size(); begin = end) {
    while (end < asked_.size() && asked_[end].sku == asked_[begin].sku) ++end;
    drafts_.push_back(MakeOne(absl::MakeConstSpan(asked_).subspan(begin, end - begin)));
  }
  return drafts_;
}

LicenseDraft LicenseMaker::MakeOne(absl::Span<const Asked> asked) {
  LicenseDraft draft{.sku = asked.front().sku};
  const Asked& last = asked.back();
  if (last.granted) {  // O1, O2.
    draft.state = shapes_.catalog().supply(draft.sku).off() ? LicenseState::kDisabled
                  : asked.front().granted                   ? LicenseState::kActive
                                                            : LicenseState::kActiveWithError;
  }
  const auto first_granted =
      std::find_if(asked.begin(), asked.end(), [](const Asked& item) { return item.granted; });
  if (last.granted && first_granted->plans == last.plans) {
    draft.enabled_plans = last.plans;  // All granted items ask for the same plans.
    return draft;
  }
  std::fill(plans_.begin(), plans_.end(), 0);
  for (auto it = first_granted; it != asked.end(); ++it) {
    UnionInto(absl::MakeSpan(plans_), shapes_.columns().plan_sets[it->plans]);
  }
  draft.is_union = true;
  draft.enabled_plans = unions_.Intern(plans_);
  return draft;
}

}  // namespace seatwise
