// Adversarial shapes without nesting (what each is for: options.h).
#pragma once

#include <vector>

#include "bench/workload/base_design.h"

namespace seatwise::workload {

// Shape::kOneGroup: group 0, to which every SKU is assigned.
class OneGroup final : public BaseDesign {
 public:
  using BaseDesign::BaseDesign;

  absl::Span<const Join> JoinsOf(uint32_t user) override;
  Assignments Assign(const Roster& roster, const Catalog& catalog) override;
};

// Shape::kAllDifferent: groups stand in as many positions as a user has memberships, and a user is
// in one group of each position. In the first positions the group is a digit of the user's number,
// so that no two users have the same groups; in the others it is drawn. A group has one SKU.
class AllDifferent final : public BaseDesign {
 public:
  explicit AllDifferent(const Options& options);

  absl::Span<const Join> JoinsOf(uint32_t user) override;
  Assignments Assign(const Roster& roster, const Catalog& catalog) override;

 private:
  const uint32_t positions_;  // With a number of groups each: the base of the digits.
  const uint32_t base_;
  uint32_t digits_;  // That the largest user number has.
};

// Shape::kManyAssignments: every user has every SKU directly; each of the 80 groups has a window of
// SKUs of its own. A conflict for every tenth SKU.
class ManyAssignments final : public BaseDesign {
 public:
  using BaseDesign::BaseDesign;

  absl::Span<const Join> JoinsOf(uint32_t user) override;
  Catalog MakeCatalog() override;
  Assignments Assign(const Roster& roster, const Catalog& catalog) override;
};

// Shape::kHealingChains: SKU i has plan i and, if i > 0, plan i requires plan i - 1. Group
// v * SKUs + i assigns SKU i, with a priority that makes the order of variant v; user u is in all
// groups of variant u % 3: 0 the chain reversed, 1 equal priorities and times, 2 in order.
// options.scarce of the SKUs, evenly spaced over the chain, break it for some users.
class HealingChains final : public BaseDesign {
 public:
  using BaseDesign::BaseDesign;

  absl::Span<const Join> JoinsOf(uint32_t user) override;
  Catalog MakeCatalog() override;
  Assignments Assign(const Roster& roster, const Catalog& catalog) override;
  std::vector<bool> Scarce(const Demand& demand) override;
};

}  // namespace seatwise::workload
