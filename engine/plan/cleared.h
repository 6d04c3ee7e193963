// Whom a change that is tried out heals, of many users with the same trouble.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/types/span.h"
#include "engine/incremental/live_state.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"

namespace seatwise {

// One kind of trouble: a violation on the items that are meant.
struct Trouble {
  ViolationCode code = ViolationCode::kOther;
  std::optional<SkuId> sku;       // Only on this SKU.
  std::optional<uint32_t> group;  // Only of claims from this group...
  bool direct = false;            // ... or only of direct ones.
};

// How many of the users, who exist in `after`, have no item with the trouble there.
int64_t CountWithout(const LiveState& after, const Trouble& trouble,
                     absl::Span<const uint32_t> users);

}  // namespace seatwise
