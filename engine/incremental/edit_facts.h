// The first half of applying changes: facts are put and deleted, and what they touch is noted down.
// What follows for shapes, carriers and clashes is the second half (apply_changes.cc).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/time.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_products.h"
#include "engine/model/catalog.h"
#include "engine/model/validated_change_set.h"

namespace seatwise {

// What changes touch, in any order, with repetitions.
struct Touched {
  ChangedProducts products;
  bool settings = false;            // Some setting that answers depend on.
  std::vector<uint32_t> users;      // New, or location or direct assignments changed.
  std::vector<uint32_t> addressed;  // Addresses or created_at changed; new and gone ones as well.
  std::vector<uint32_t> gone;       // Users that are no longer there.
  std::vector<uint32_t> assigned;   // Groups whose assignments changed.
  std::vector<std::pair<uint32_t, uint32_t>> memberships;  // (user, group) that differ.
  std::vector<std::pair<uint32_t, uint32_t>> edges;        // (group, subgroup) that differ.
};

// The SKUs of `skus` numbers for which shapes must be made anew.
std::vector<SkuNo> ChangedSkus(const ChangedProducts& changed, size_t skus);

// Changes `facts`, but for what is derived from them: shapes of groups, carriers and address_clash
// of users are as before.
Touched EditFacts(LiveFacts& facts, const ValidatedChangeSet& changes);

// The shape for a direct assignment, shared with other users where it can be. A new one is added to
// facts.direct_shapes.
Ref<ClaimShape> DirectShapeFor(LiveFacts& facts, const LiveAssignment& assignment);

}  // namespace seatwise
