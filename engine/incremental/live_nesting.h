// Which groups a licensed group reaches (M1, M2), in one version of the facts.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/time.h"
#include "engine/incremental/live_facts.h"

namespace seatwise {

// Searches down from one group after the other. One thread; `facts` must outlive it and not change.
class NestingSearch {
 public:
  explicit NestingSearch(const LiveFacts& facts) : facts_(facts) {}

  // Every group whose direct members are members of `group`, which exists, each with reached_at as
  // LiveCarrier has it; itself included. Ascending by number. Valid until the next call.
  const std::vector<GroupLink>& From(uint32_t group);

 private:
  using Step = std::pair<Time, uint32_t>;

  const LiveFacts& facts_;
  std::priority_queue<Step, std::vector<Step>, std::greater<>> waiting_;
  absl::flat_hash_map<uint32_t, Time> best_;  // By group met: the smallest time so far.
  std::vector<GroupLink> reached_;
};

}  // namespace seatwise
