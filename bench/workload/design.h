// What a shape decides about a tenant. The rest (people, supply, files) is the same for all shapes.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "bench/workload/claims.h"
#include "bench/workload/roster.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

// The members are called in the order in which they stand here, each once, except that JoinsOf (of
// JoinSource) and GroupNoun are called at any time. One thread.
class Design : public JoinSource {
 public:
  // Groups that are members of groups, no pair twice; empty unless options.nested.
  virtual std::vector<Nesting> Nestings() = 0;
  // What a group is, for its name.
  virtual absl::string_view GroupNoun(uint32_t group) const = 0;
  // SKUs, plans, and the relations that do not depend on demand.
  virtual Catalog MakeCatalog() = 0;
  // No SKU twice to the same principal.
  virtual Assignments Assign(const Roster& roster, const Catalog& catalog) = 0;
  // Adds the relations that depend on demand.
  virtual void Relate(const Demand& demand, const Assignments& assignments, Catalog& catalog) = 0;
  // The SKUs to have fewer seats than would-be holders.
  virtual std::vector<bool> Scarce(const Demand& demand) = 0;
};

}  // namespace seatwise::workload
