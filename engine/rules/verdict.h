// What the checks of section 6 find against the final state (G3): the violations of every item of a
// user's claims, as codes.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/columns.h"
#include "engine/model/derived_view.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Judges the claims of one user at a time; reused for its buffers. One thread.
class Judge {
 public:
  // `full` says by SKU whether no seat is left after all granting.
  Judge(const ShapeTable& shapes, const TraitTable& traits, const std::vector<char>& full);

  // The violations of each item, claim after claim in the order of `list`; 0 for granted ones.
  // Valid until the next call.
  absl::Span<const ViolationMask> Items(const ClaimList& list, absl::Span<const uint64_t> granted);

  // E: the plans that the granted claims of the last call enable.
  PlanBits enabled() const { return enabled_; }

 private:
  void Load(const ClaimList& list, absl::Span<const uint64_t> granted);
  void JudgeRejected(ShapeNo shape, Traits traits);
  // K1 to K5 of one item, where with_claim_ is E and P.
  ViolationMask CheckItem(const ShapeItem& item, Traits traits) const;

  const ShapeTable& shapes_;
  const TraitTable& traits_;
  const std::vector<char>& full_;

  std::vector<uint64_t> enabled_;
  std::vector<uint64_t> with_claim_;
  std::vector<char> held_;        // By SKU.
  std::vector<SkuNo> held_list_;  // The SKUs marked in held_.
  std::vector<ViolationMask> items_;
};

}  // namespace seatwise
