// From granted claims to licenses: which SKUs a user holds, in which state, with which plans (O1 to
// O3).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/derived.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"

namespace seatwise {

// One SKU that a user has a claim for.
struct LicenseDraft {
  SkuNo sku = 0;
  LicenseState state = LicenseState::kError;
  // Where the enabled plans are: a number in Columns::plan_sets, or in LicenseMaker::unions().
  bool is_union = false;
  uint32_t enabled_plans = 0;
};

// Works on one user at a time; reused for its buffers. One thread.
class LicenseMaker {
 public:
  explicit LicenseMaker(const ShapeTable& shapes);

  // Ascending by SKU. Valid until the next call.
  absl::Span<const LicenseDraft> Make(absl::Span<const ShapeNo> claims,
                                      absl::Span<const uint64_t> granted);

  // Sets that are not in Columns::plan_sets: the empty one, and what several claims enable
  // together.
  const PlanSetTable& unions() const { return unions_; }

 private:
  // An item of some claim.
  struct Asked {
    SkuNo sku = 0;
    bool granted = false;
    uint32_t plans = 0;

    friend auto operator<=>(const Asked&, const Asked&) = default;
  };

  // `asked` are the items for one SKU, rejected ones first.
  LicenseDraft MakeOne(absl::Span<const Asked> asked);

  const ShapeTable& shapes_;
  PlanSetTable unions_;
  std::vector<Asked> asked_;
  std::vector<LicenseDraft> drafts_;
  std::vector<uint64_t> plans_;
};

}  // namespace seatwise
