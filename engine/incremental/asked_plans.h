// The plans that a claim asks for, and what else has to do with them: apart from the claim, since
// many groups assign the same SKU whole. What a change looks at is then in the caches already,
// however large the catalog.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "engine/incremental/ref.h"
#include "engine/model/catalog.h"
#include "engine/model/facts.h"
#include "engine/model/plan_bits.h"
#include "engine/model/plan_words.h"

namespace seatwise {

// Immutable. Made by AskFor.
struct AskedPlans : RefCounted {
  uint32_t items = 0;
  uint32_t need_count = 0;
  // By item; then their union if there are several. As long as the sets of the catalog it was made
  // for.
  PlanRows sets;
  // Of the needs, one after the other; then of what conflicts with the union.
  std::vector<PlanWord> words;
  absl::InlinedVector<uint32_t, 4> ends;  // Of each need, in `words`.

  // P: what all items ask for.
  PlanBits plans() const { return sets[items > 1 ? items : 0]; }
  // The plans that conflict with some plan of P (K4).
  FewPlans conflicts() const { return WordsFrom(need_count); }
  // Below need_count: plans of which P needs others to enable one (K5). The plans themselves, not
  // their row in the catalog, since shapes outlive changes of relations that are not theirs.
  FewPlans need(uint32_t number) const {
    return WordsFrom(number).first(ends[number] - BeginOf(number));
  }

 private:
  size_t BeginOf(uint32_t number) const { return number == 0 ? 0 : ends[number - 1]; }
  FewPlans WordsFrom(uint32_t number) const {
    return absl::MakeConstSpan(words).subspan(BeginOf(number));
  }
};

// The ids of needs or conflicts, in words.
PlanIdSet IdsOf(const Catalog& catalog, FewPlans plans);

// What these sets of plans ask for together; at least one, each of an item (C1).
Ref<AskedPlans> AskFor(const Catalog& catalog, absl::Span<const std::vector<uint64_t>> items);

}  // namespace seatwise
