// Where the claims of one user come from, and who waits for the same seats: what an explanation
// shows beside LiveState::Explain.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"

namespace seatwise {

// One item of a claim: what it asks for, and where the claim stands in the queue (C5).
struct LiveSource {
  bool direct = false;
  uint32_t group = 0;  // Nothing if direct.
  SkuNo sku = 0;
  std::vector<uint64_t> plans;  // C1; over the plans of LiveState::catalog().
  int32_t priority = 0;
  Time since;
  Time joined;
};

// The items of all claims of `user`, which exists, as LiveState::ForEachItem lists them.
std::vector<LiveSource> SourcesOf(const LiveState& state, uint32_t user);

// The ways by which one user is in groups. Made by one search from the user upwards.
class GroupPaths {
 public:
  // `user` exists. `state` outlives the paths.
  GroupPaths(const LiveState& state, uint32_t user);

  // The groups from `group` down to one that the user is directly in (M1, M2): {group} if that is
  // the group itself. A shortest way; of several the one whose ids are smallest, from the front.
  // Empty if the user is no member.
  std::vector<uint32_t> To(uint32_t group) const;

 private:
  // How a group is reached.
  struct Step {
    uint32_t below = 0;  // The next group on the way down; the group itself at the end.
    uint32_t level = 0;  // Steps down to the end.
  };

  absl::flat_hash_map<uint32_t, Step> steps_;
};

// The users that wait for a seat of `sku`, which is full, in the order of their places (O8), until
// `visit` answers false.
void ForEachWaiting(const LiveState& state, SkuNo sku, absl::FunctionRef<bool(uint32_t)> visit);

}  // namespace seatwise
