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

// Searches anew after edges changed, but only where something may have become different: in the
// groups below the changed edges. One thread; `facts` must outlive it and not change.
class NestingRepair {
 public:
  // `facts` are those after the change, but for carriers, which are still as before. `children` are
  // the subgroups of the changed edges, also those that are no longer groups.
  NestingRepair(const LiveFacts& facts, std::vector<uint32_t> children);

  // What reached_at was and is for a group that was and is licensed.
  struct Reached {
    std::vector<GroupLink> before;
    std::vector<GroupLink> after;
  };
  // For the groups below the changed edges, ascending by number; those that `licensed` does not
  // reach are left out. Valid until the next call.
  const Reached& From(uint32_t licensed);

 private:
  using Step = std::pair<Time, uint32_t>;

  void Wait(uint32_t group, Time at);
  void WaitAtBorder(uint32_t licensed);

  const LiveFacts& facts_;
  std::vector<uint32_t> region_;  // The groups below, ascending.
  std::priority_queue<Step, std::vector<Step>, std::greater<>> waiting_;
  absl::flat_hash_map<uint32_t, Time> best_;
  Reached reached_;
};

}  // namespace seatwise
