// The design of Shape::kRealistic, kAllContended and kSharedAddress.
#pragma once

#include <vector>

#include "bench/workload/base_design.h"
#include "bench/workload/organisation.h"

namespace seatwise::workload {

class RealisticDesign final : public BaseDesign {
 public:
  RealisticDesign(const Options& options, const People& people)
      : BaseDesign(options), organisation_(options, people) {}

  absl::Span<const Join> JoinsOf(uint32_t user) override { return organisation_.JoinsOf(user); }
  std::vector<Nesting> Nestings() override { return organisation_.nestings(); }
  absl::string_view GroupNoun(uint32_t group) const override;
  Assignments Assign(const Roster& roster, const Catalog& catalog) override;
  void Relate(const Demand& demand, const Assignments& assignments, Catalog& catalog) override;

 private:
  Organisation organisation_;
};

}  // namespace seatwise::workload
