// The details behind a user's violations (section 6): which plans, addresses, owners, SKUs and
// sources are at fault.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "engine/model/columns.h"
#include "engine/model/derived.h"
#include "engine/model/derived_view.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"

namespace seatwise {

// A user's claims and what became of them.
struct JudgedClaims {
  UserNo user = 0;
  absl::Span<const ShapeNo> claims;
  absl::Span<const uint64_t> granted;
  absl::Span<const ViolationMask> items;  // Of every item, as Judge::Items gives them.
};

// One ClaimItem for each item, sorted like Derived::items. `place_of` answers the user's place
// among those waiting for a SKU; it is asked only for items with COUNT.
std::vector<ClaimItem> ExplainClaims(const ShapeTable& shapes, const JudgedClaims& judged,
                                     absl::FunctionRef<int64_t(SkuNo)> place_of);

}  // namespace seatwise
