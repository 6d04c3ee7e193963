// Adversarial shapes of nested groups (what each is for: options.h).
#pragma once

#include <vector>

#include "bench/workload/base_design.h"

namespace seatwise::workload {

// Users draw different groups, 70 % of them from those at a bottom; groups stand in units of equal
// form, one after the other.
class NestedDesign : public BaseDesign {
 public:
  absl::Span<const Join> JoinsOf(uint32_t user) override;
  std::vector<Nesting> Nestings() final;
  Assignments Assign(const Roster& roster, const Catalog& catalog) override;

 protected:
  // `edges` are the group memberships within a unit of `unit_groups`.
  NestedDesign(const Options& options, uint32_t unit_groups, uint32_t edges);

  // The memberships within the unit whose first group is `first`.
  virtual std::vector<Nesting> Nest(uint32_t first, Random& random) const = 0;
  // The groups of a unit that are licensed, as offsets.
  virtual std::vector<uint32_t> Licensed() const = 0;

 private:
  const uint32_t unit_groups_;
  const uint64_t user_memberships_;
};

// Shape::kDeepNesting: each group contains the next of its chain.
class DeepNesting final : public NestedDesign {
 public:
  explicit DeepNesting(const Options& options)
      : NestedDesign(options, kChainLength, kChainLength - 1) {}

 private:
  std::vector<Nesting> Nest(uint32_t first, Random& random) const override;
  std::vector<uint32_t> Licensed() const override { return {0, kChainLength / 2}; }
};

// Shape::kWideDiamonds: top, layers, bottom; each group contains all groups of the next layer.
class WideDiamonds final : public NestedDesign {
 public:
  explicit WideDiamonds(const Options& options)
      : NestedDesign(options, kDiamondGroups, kDiamondEdges) {}

 private:
  std::vector<Nesting> Nest(uint32_t first, Random& random) const override;
  std::vector<uint32_t> Licensed() const override { return {0}; }
};

}  // namespace seatwise::workload
