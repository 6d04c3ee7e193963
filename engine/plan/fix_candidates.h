// Changes that could heal a rejected claim: ideas only, to be tried out (fixes.h).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/plan/draft.h"
#include "engine/plan/fix.h"

namespace seatwise {

// A claim of a user, in a way that outlives changes: by what brings it.
struct ClaimName {
  uint32_t user = 0;
  Principal source;
  SkuId sku;  // Empty for the one claim of a group in a tenant that is GROUP_ATOMIC (C4).

  bool Has(const ClaimItem& item) const {
    return item.source == source && (sku.value().empty() || item.sku == sku);
  }
};

// The claim of an item in `state`.
ClaimName ClaimOf(const LiveState& state, uint32_t user, const ClaimItem& item);

// Steps that are taken together, each about another fact.
struct FixCandidate {
  std::vector<FixStep> steps;
  // Users whose claims it reaches, roughly: what trying it out costs.
  int64_t touches = 0;
};

// What could clear violations of `claim`, which is rejected in `state`; `items` are Explain's of
// its user. Facts are those of `draft`, which `state` follows from; what is assigned is assigned
// `now`. Of ideas that are equally good the better known comes first. Fails where the facts fail.
absl::StatusOr<std::vector<FixCandidate>> CandidatesFor(const LiveState& state, const Draft& draft,
                                                        const ClaimName& claim,
                                                        const std::vector<ClaimItem>& items,
                                                        Time now);

// How many more units of a SKU with these seats and this overage give `place` more users a seat
// (S3), if nothing else stops them; at least 1.
int64_t UnitsFor(const SeatUsage& seats, int64_t overage, int64_t place);

}  // namespace seatwise
