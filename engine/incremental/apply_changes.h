// Checked changes made to the facts of a tenant in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/incremental/claim_shape.h"
#include "engine/incremental/live_facts.h"
#include "engine/model/catalog.h"
#include "engine/model/validated_change_set.h"

namespace seatwise {

// Whose answer may be another one now. Lists are ascending, each number once.
struct Affected {
  // Everybody: settings or the length of plan sets changed. Then `users` is empty.
  bool all = false;
  // Users that exist after the changes and whose claims (shapes by content, times, priorities) or
  // traits (location, address clash and its details) may differ, or that are new. What is related
  // to the plans of their claims may differ as well (K2 to K5). A user that is not here has equal
  // claims, made of the very same shapes.
  std::vector<uint32_t> users;
  // Users that no longer exist. Their ids are to be found in the facts before.
  std::vector<uint32_t> gone;
  // SKUs whose capacity or off may differ; also new ones, and those that no longer exist (whose
  // supply is now empty).
  std::vector<SkuNo> supply;
  // Groups that were or are licensed and whose shapes were made anew, or are no longer there.
  std::vector<uint32_t> groups;
  // If all there is to it is that one group asks for something else, or became licensed or ceased
  // to be: `users` are its members, and nothing else about them is different.
  std::optional<SwappedShapes> swapped;
};

// Makes `facts` what they are after `changes`, which were validated against them. Numbers new users
// and groups by the rule in numbers.h. Numbers of SKUs and plans stay; new ones come at the end.
// The cost follows what is affected.
Affected ApplyChanges(LiveFacts& facts, const ValidatedChangeSet& changes);
// The same for a copy of `before`, which stays.
Affected ApplyChanges(const LiveFacts& before, LiveFacts& facts, const ValidatedChangeSet& changes);

}  // namespace seatwise
