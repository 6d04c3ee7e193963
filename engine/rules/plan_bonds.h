// The plans that decide about others: what is granted depends on those that conflict with some plan
// (K4) or that some plan requires (K5), and on no others. They are few, so sets of them are short:
// of the 1,000 plans of a catalog whose sets take 16 words, some 200 in 4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// Numbers these plans of one catalog anew, in the order of their numbers. Immutable.
class PlanBonds {
 public:
  explicit PlanBonds(const Catalog& catalog);

  // Of each set of bonds; at least one.
  size_t words() const { return words_; }
  // Those of `plans`, a set of the catalog, as a set of bonds.
  std::vector<uint64_t> Of(PlanBits plans) const;
  // The plan of each bond.
  const std::vector<PlanNo>& plans() const { return plans_; }

 private:
  std::vector<uint64_t> deciding_;  // As a set of the catalog.
  std::vector<uint32_t> bond_of_;   // By plan; of the others it means nothing.
  std::vector<PlanNo> plans_;
  size_t words_ = 1;
};

}  // namespace seatwise
