// What designs have in common.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "bench/workload/claims.h"
#include "bench/workload/design.h"
#include "bench/workload/options.h"
#include "bench/workload/random.h"
#include "bench/workload/roster.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

// No nesting, the plain catalog, no relations, and options.scarce of the SKUs scarce.
class BaseDesign : public Design {
 public:
  explicit BaseDesign(const Options& options) : options_(options) {}

  std::vector<Nesting> Nestings() override;
  absl::string_view GroupNoun(uint32_t group) const override;
  Catalog MakeCatalog() override;
  void Relate(const Demand& demand, const Assignments& assignments, Catalog& catalog) override;
  std::vector<bool> Scarce(const Demand& demand) override;

 protected:
  const Options& options() const { return options_; }

  // Forgets the last user's memberships; the randomness of the next user's.
  Random StartJoins(uint32_t user);
  bool HasJoined(uint32_t group) const;
  // At any time of the timeline.
  void JoinGroup(uint32_t group, Random& random);
  void JoinGroupAt(uint32_t group, uint32_t time) { joins_.push_back({group, time}); }
  absl::Span<const Join> joins() const { return joins_; }

  // The number of memberships of `user` when all users have the same, as far as the division of
  // `total` comes out even.
  uint32_t EvenShare(uint64_t total, uint32_t user) const;

 private:
  const Options options_;
  std::vector<Join> joins_;  // Of the user asked for last.
};

}  // namespace seatwise::workload
