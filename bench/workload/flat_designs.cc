#include "bench/workload/flat_designs.h"

#include <algorithm>
#include <cmath>

#include "bench/workload/catalog.h"
#include "bench/workload/licensing.h"
#include "bench/workload/relations.h"

namespace seatwise::workload {

namespace {

// Of a million assignments.
constexpr uint32_t kDisabledChance = 300'000;

}  // namespace

absl::Span<const Join> OneGroup::JoinsOf(uint32_t user) {
  Random random = StartJoins(user);
  JoinGroup(0, random);
  return joins();
}

Assignments OneGroup::Assign(const Roster&, const Catalog& catalog) {
  Random random(options().seed, Stream::kLicensing, 0);
  Assignments assignments;
  for (uint32_t sku = 0; sku < options().skus; ++sku) {
    assignments.to_groups.push_back(DrawAssignment(catalog, 0, sku, kDisabledChance, random));
  }
  return assignments;
}

AllDifferent::AllDifferent(const Options& options)
    : BaseDesign(options),
      positions_(static_cast<uint32_t>(options.memberships / options.users)),
      base_(options.groups / positions_),
      digits_(0) {
  for (uint32_t left = options.users - 1; left > 0; left /= base_) ++digits_;
}

absl::Span<const Join> AllDifferent::JoinsOf(uint32_t user) {
  Random random = StartJoins(user);
  uint32_t left = user;
  for (uint32_t position = 0; position < positions_; ++position) {
    const uint32_t digit = position < digits_ ? left % base_ : random.Below(base_);
    left /= base_;
    JoinGroup(position * base_ + digit, random);
  }
  return joins();
}

Assignments AllDifferent::Assign(const Roster&, const Catalog& catalog) {
  Random random(options().seed, Stream::kLicensing, 0);
  Assignments assignments;
  for (uint32_t group = 0; group < options().groups; ++group) {
    assignments.to_groups.push_back(
        DrawAssignment(catalog, group, random.Below(options().skus), kDisabledChance, random));
  }
  return assignments;
}

absl::Span<const Join> ManyAssignments::JoinsOf(uint32_t user) {
  Random random = StartJoins(user);
  while (joins().size() < kMembershipsOfManyAssignments) {
    const uint32_t group = random.Below(kGroupsOfManyAssignments);
    if (!HasJoined(group)) JoinGroup(group, random);
  }
  return joins();
}

Catalog ManyAssignments::MakeCatalog() {
  Catalog catalog = BaseDesign::MakeCatalog();
  AddConflicts(options().seed, options().skus / 10, catalog);
  return catalog;
}

Assignments ManyAssignments::Assign(const Roster&, const Catalog& catalog) {
  Random random(options().seed, Stream::kLicensing, 0);
  const uint32_t skus = options().skus;
  const uint32_t by_group = (kClaimsOfManyAssignments - skus) / kMembershipsOfManyAssignments;
  Assignments assignments;
  for (uint32_t group = 0; group < kGroupsOfManyAssignments; ++group) {
    const uint32_t first = random.Below(skus);
    for (uint32_t i = 0; i < by_group; ++i) {
      assignments.to_groups.push_back(
          DrawAssignment(catalog, group, (first + i) % skus, kDisabledChance, random));
    }
  }
  for (uint32_t user = 0; user < options().users; ++user) {
    for (uint32_t sku = 0; sku < skus; ++sku) {
      assignments.to_users.push_back(DrawAssignment(catalog, user, sku, kDisabledChance, random));
    }
  }
  return assignments;
}

absl::Span<const Join> HealingChains::JoinsOf(uint32_t user) {
  Random random = StartJoins(user);
  const uint32_t first = user % kHealingVariants * options().skus;
  // At the same time everywhere: within a variant only priorities and ids order the chain.
  JoinGroup(first, random);
  const uint32_t time = joins().front().time;
  for (uint32_t link = 1; link < options().skus; ++link) JoinGroupAt(first + link, time);
  return joins();
}

Catalog HealingChains::MakeCatalog() {
  Catalog catalog;
  for (uint32_t link = 0; link < options().skus; ++link) {
    catalog.plans.push_back(Plan{});
    catalog.skus.push_back(Sku{{link}});
    if (link > 0) catalog.requirements.push_back({link, {link - 1}});
  }
  return catalog;
}

Assignments HealingChains::Assign(const Roster&, const Catalog&) {
  const auto length = static_cast<int32_t>(options().skus);
  Assignments assignments;
  for (int32_t variant = 0; variant < int32_t{kHealingVariants}; ++variant) {
    for (int32_t link = 0; link < length; ++link) {
      const auto group = static_cast<uint32_t>(variant * length + link);
      // The last link first, all alike, the first link first.
      const int32_t priority = link * (1 - variant);
      assignments.to_groups.push_back({group, static_cast<uint32_t>(link), priority, 0, {}});
    }
  }
  return assignments;
}

std::vector<bool> HealingChains::Scarce(const Demand&) {
  const auto count = static_cast<uint32_t>(std::llround(options().scarce * options().skus));
  std::vector<bool> scarce(options().skus);
  for (uint64_t i = 1; i <= count; ++i) {
    scarce[std::min<uint64_t>(i * options().skus / (count + 1), options().skus - 1)] = true;
  }
  return scarce;
}

}  // namespace seatwise::workload
