// From granted claims to licenses: which SKUs a user holds, whether with errors, and with which
// plans (O1 to O3).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/derived.h"
#include "engine/model/limits.h"
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
  // An item of some claim as one number, which is what sorting compares: its SKU, whether it is
  // granted, its plans.
  class Asked {
   public:
    Asked(SkuNo sku, bool granted, uint32_t plans)
        : bits_(uint64_t{sku} << 33 | uint64_t{granted} << 32 | plans) {}

    SkuNo sku() const { return static_cast<SkuNo>(bits_ >> 33); }
    bool granted() const { return (bits_ >> 32 & 1) != 0; }
    uint32_t plans() const { return static_cast<uint32_t>(bits_); }

    friend auto operator<=>(const Asked&, const Asked&) = default;

   private:
    uint64_t bits_;
  };
  static_assert(kMaxSkus <= uint64_t{1} << 31);

  // `asked` are the items for one SKU, rejected ones first.
  LicenseDraft MakeOne(absl::Span<const Asked> asked);

  const Collection& shapes_;
  PlanSetTable unions_;
  std::vector<Asked> asked_;
  std::vector<LicenseDraft> drafts_;
  std::vector<uint64_t> plans_;
};

template <Shapes Collection>
absl::Span<const LicenseDraft> LicenseMaker<Collection>::Make(absl::Span<const ShapeNo> claims,
                                                              absl::Span<const uint64_t> granted) {
  asked_.clear();
  for (size_t claim = 0; claim < claims.size(); ++claim) {
    for (const ShapeItem& item : shapes_.items(claims[claim])) {
      asked_.emplace_back(item.sku, IsGranted(granted, claim), item.plans);
    }
  }
  std::sort(asked_.begin(), asked_.end());
  drafts_.clear();
  for (size_t begin = 0, end = 0; begin < asked_.size(); begin = end) {
    while (end < asked_.size() && asked_[end].sku() == asked_[begin].sku()) ++end;
    drafts_.push_back(MakeOne(absl::MakeConstSpan(asked_).subspan(begin, end - begin)));
  }
  return drafts_;
}

template <Shapes Collection>
LicenseDraft LicenseMaker<Collection>::MakeOne(absl::Span<const Asked> asked) {
  LicenseDraft draft{.sku = asked.front().sku()};
  const Asked& last = asked.back();
  draft.held = last.granted();
  draft.rejected = !asked.front().granted();
  const auto first_granted =
      std::find_if(asked.begin(), asked.end(), [](const Asked& item) { return item.granted(); });
  if (last.granted() && first_granted->plans() == last.plans()) {
    draft.enabled_plans = last.plans();  // All granted items ask for the same plans.
    return draft;
  }
  plans_.assign(shapes_.catalog().words(), 0);
  for (auto it = first_granted; it != asked.end(); ++it) {
    UnionInto(absl::MakeSpan(plans_), shapes_.plan_set(it->plans()));
  }
  draft.is_union = true;
  draft.enabled_plans = unions_.Intern(plans_);
  return draft;
}

}  // namespace seatwise
