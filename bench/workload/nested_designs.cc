#include "bench/workload/nested_designs.h"

#include "bench/workload/licensing.h"
#include "bench/workload/timeline.h"

namespace seatwise::workload {

namespace {

// Of a million.
constexpr uint32_t kAtBottom = 700'000;
constexpr uint32_t kDisabledChance = 300'000;

}  // namespace

NestedDesign::NestedDesign(const Options& options, uint32_t unit_groups, uint32_t edges)
    : BaseDesign(options),
      unit_groups_(unit_groups),
      user_memberships_(options.memberships -
                        (options.nested ? options.groups / unit_groups * uint64_t{edges} : 0)) {}

absl::Span<const Join> NestedDesign::JoinsOf(uint32_t user) {
  Random random = StartJoins(user);
  const uint32_t count = EvenShare(user_memberships_, user);
  while (joins().size() < count) {
    const uint32_t unit = random.Below(options().groups / unit_groups_);
    const uint32_t offset =
        random.Chance(kAtBottom) ? unit_groups_ - 1 : random.Below(unit_groups_);
    const uint32_t group = unit * unit_groups_ + offset;
    if (!HasJoined(group)) JoinGroup(group, random);
  }
  return joins();
}

std::vector<Nesting> NestedDesign::Nestings() {
  std::vector<Nesting> nestings;
  if (!options().nested) return nestings;
  Random random(options().seed, Stream::kNesting, 0);
  for (uint32_t first = 0; first < options().groups; first += unit_groups_) {
    const std::vector<Nesting> unit = Nest(first, random);
    nestings.insert(nestings.end(), unit.begin(), unit.end());
  }
  return nestings;
}

Assignments NestedDesign::Assign(const Roster&, const Catalog& catalog) {
  Random random(options().seed, Stream::kLicensing, 0);
  Assignments assignments;
  for (uint32_t first = 0; first < options().groups; first += unit_groups_) {
    for (uint32_t offset : Licensed()) {
      assignments.to_groups.push_back(DrawAssignment(
          catalog, first + offset, random.Below(options().skus), kDisabledChance, random));
    }
  }
  return assignments;
}

std::vector<Nesting> DeepNesting::Nest(uint32_t first, Random& random) const {
  std::vector<Nesting> nestings;
  for (uint32_t level = 0; level + 1 < kChainLength; ++level) {
    nestings.push_back({first + level, first + level + 1, PickTime(random, 0)});
  }
  return nestings;
}

std::vector<Nesting> WideDiamonds::Nest(uint32_t first, Random& random) const {
  std::vector<Nesting> nestings;
  const uint32_t bottom = first + kDiamondGroups - 1;
  for (uint32_t i = 0; i < kDiamondWidth; ++i) {
    nestings.push_back({first, first + 1 + i, PickTime(random, 0)});
    nestings.push_back({bottom - kDiamondWidth + i, bottom, PickTime(random, 0)});
  }
  for (uint32_t layer = 0; layer + 1 < kDiamondLayers; ++layer) {
    const uint32_t upper = first + 1 + layer * kDiamondWidth;
    for (uint32_t i = 0; i < kDiamondWidth * kDiamondWidth; ++i) {
      nestings.push_back({upper + i / kDiamondWidth, upper + kDiamondWidth + i % kDiamondWidth,
                          PickTime(random, 0)});
    }
  }
  return nestings;
}

}  // namespace seatwise::workload
