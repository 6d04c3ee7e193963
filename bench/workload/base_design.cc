#include "bench/workload/base_design.h"

#include <algorithm>

#include "bench/workload/catalog.h"
#include "bench/workload/supply.h"
#include "bench/workload/timeline.h"

namespace seatwise::workload {

std::vector<Nesting> BaseDesign::Nestings() { return {}; }

absl::string_view BaseDesign::GroupNoun(uint32_t) const { return "Group"; }

Catalog BaseDesign::MakeCatalog() { return workload::MakeCatalog(options_.seed, options_.skus); }

void BaseDesign::Relate(const Demand&, const Assignments&, Catalog&) {}

std::vector<bool> BaseDesign::Scarce(const Demand& demand) {
  return ChooseScarce(demand.holders, options_.users, options_.scarce);
}

Random BaseDesign::StartJoins(uint32_t user) {
  joins_.clear();
  return Random(options_.seed, Stream::kJoins, user);
}

bool BaseDesign::HasJoined(uint32_t group) const {
  return std::any_of(joins_.begin(), joins_.end(),
                     [group](const Join& join) { return join.group == group; });
}

void BaseDesign::JoinGroup(uint32_t group, Random& random) {
  joins_.push_back({group, PickTime(random, 0)});
}

uint32_t BaseDesign::EvenShare(uint64_t total, uint32_t user) const {
  const uint64_t share = total / options_.users;
  // The remainder goes to the first users.
  return static_cast<uint32_t>(share + (user < total % options_.users ? 1 : 0));
}

}  // namespace seatwise::workload
