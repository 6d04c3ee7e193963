// The plans that a claim asks for, and what else has to do with them: apart from the claim, since
// many groups assign the same SKU whole. What a change looks at is then in the caches already,
// however large the catalog.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/incremental/ref.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// Immutable. Made by AskFor.
struct AskedPlans : RefCounted {
  uint32_t items = 0;
  uint32_t need_count = 0;
  // By item; then their union if there are several; then need_count needs; then what conflicts with
  // the union if anything does. As long as the sets of the catalog it was made for.
  PlanRows sets;

  // P: what all items ask for.
  PlanBits plans() const { return sets[UnionRow()]; }
  // The plans that conflict with some plan of P (K4); the empty span if there are none.
  PlanBits conflicts() const {
    const size_t row = UnionRow() + 1 + need_count;
    return row < sets.size() ? sets[row] : PlanBits();
  }
  // Below need_count: plans of which P needs others to enable one (K5). The plans themselves, not
  // their row in the catalog, since shapes outlive changes of relations that are not theirs.
  PlanBits need(uint32_t number) const { return sets[UnionRow() + 1 + number]; }

 private:
  size_t UnionRow() const { return items > 1 ? items : 0; }
};

// What these sets of plans ask for together; at least one, each of an item (C1).
Ref<AskedPlans> AskFor(const Catalog& catalog, absl::Span<const std::vector<uint64_t>> items);

}  // namespace seatwise
