// What claims that stay have to do with those that come or go.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/incremental/claim_shape.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/shape.h"

namespace seatwise {

// Whether a claim asks for a SKU that is marked.
inline bool AsksFor(const ClaimShape& claim, const std::vector<char>& skus) {
  return std::any_of(claim.items.begin(), claim.items.end(),
                     [&](const ShapeItem& item) { return skus[item.sku] != 0; });
}

// What one claim and those that come or go have to do with each other.
struct ClaimRelation {
  const ClaimShape* claim = nullptr;
  bool conflicts = false;  // Plans of theirs conflict (K4).
  bool needs = false;      // It needs one of their plans (K5).
  bool asks = false;       // It asks for one of their SKUs.
};

// Answers by looking up, since few claims are those of most users. One thread.
class ClaimRelations {
 public:
  // `swapped` are the claims that come or go.
  ClaimRelations(const Catalog& catalog, absl::Span<const ClaimShape* const> swapped);

  // Of what comes or goes: all plans, and by SKU whether it is asked for.
  const std::vector<uint64_t>& plans() const { return plans_; }
  const std::vector<char>& skus() const { return skus_; }
  // Whether these plans conflict with each other.
  bool conflict() const { return Intersects(plans_, conflicts_); }

  // Of the same catalog; lives as long as this.
  const ClaimRelation& Of(const ClaimShape* claim) {
    ClaimRelation& relation = known_[PlaceFor(claim, kKnown)];
    if (relation.claim != claim) relation = Find(claim);
    return relation;
  }

 private:
  static constexpr size_t kKnown = 4096;

  ClaimRelation Find(const ClaimShape* claim) const;

  std::vector<uint64_t> plans_;
  std::vector<uint64_t> conflicts_;   // Plans that conflict with one of theirs.
  std::vector<uint64_t> needing_;     // Plans that may need one of theirs.
  std::vector<char> skus_;            // By SKU.
  std::vector<ClaimRelation> known_;  // By PlaceFor.
};

}  // namespace seatwise
