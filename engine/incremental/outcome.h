// What became of the claims of a user, in a form that all users with the same answer share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/ref.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/traits.h"

namespace seatwise {

// One SKU that a claim asks for. (engine/batch has an OutcomeLicense of another layout.)
struct LiveOutcomeLicense {
  SkuNo sku = 0;
  bool held = false;      // O1.
  bool rejected = false;  // A rejected claim contains it.
  bool may_pass = false;  // A claim contains it that could ever pass (NeverPasses): it is demanded.
  // The words of the enabled plans (O3): those of a claim where all that is granted asks for the
  // same plans, which is the rule, else in Outcome::unions.
  const uint64_t* plans = nullptr;
};

// Immutable, at least one claim. What depends on the seats of a SKU as a whole is not in here, so
// that no outcome changes when a SKU is switched off (S4) or the last seat is taken: `held` is
// shown as DISABLED if the SKU is off, and an item is marked with COUNT if its claim lacks nothing
// but seats, which is shown as OTHER if this SKU is not full (K6, K7).
struct Outcome : RefCounted {
  // First, since queries read nothing else: in the lines where the outcome begins. By the bytes of
  // the SKU's id; a user has four or fewer, nearly always.
  absl::InlinedVector<LiveOutcomeLicense, 4> licenses;
  size_t words = 0;  // Of each set of plans.

  // What the rest follows from.
  Traits traits = 0;
  uint32_t traits_version = 0;               // Of the table that the traits are numbers of.
  std::vector<Ref<ClaimShape>> claims;       // As ClaimReader lists them.
  absl::InlinedVector<uint64_t, 2> granted;  // Bit i is claim i.

  absl::InlinedVector<ViolationMask, 16> items;  // Of every item, claim after claim.
  bool waits = false;                            // Some item has COUNT.
  bool any_rejected = false;
  std::vector<uint64_t> unions;  // Sets of plans that no claim has.

  Outcome() = default;
  Outcome(const Outcome&) = delete;  // Licenses point into it.
  Outcome& operator=(const Outcome&) = delete;

  PlanBits plans(const LiveOutcomeLicense& license) const { return {license.plans, words}; }
};

// What is shown of an item with this mask, of a SKU that is full or not.
inline ViolationMask ShownMask(ViolationMask mask, bool full) {
  constexpr ViolationMask kOther = 1u << static_cast<unsigned>(ViolationCode::kOther);
  return Contains(mask, ViolationCode::kCount) && !full ? kOther : mask;
}

}  // namespace seatwise
