// What users who go from one outcome to another change in the counts of SKUs and groups, summed up.
#pragma once

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_counts.h"
#include "engine/model/catalog.h"

namespace seatwise {

// One thread.
class OutcomeTally {
 public:
  // How many users more, or fewer.
  struct SkuChange {
    int64_t demand = 0;
    int64_t consumed = 0;
  };
  struct GroupChange {
    int64_t members = 0;
    int64_t with_errors = 0;
  };

  // So many users went from one to the other; nullptr is a user without claims.
  void Add(const Outcome* before, const Outcome* after, int64_t users) {
    if (before == after) return;
    ForEachCountChange(
        before, after,
        [&](SkuNo sku, int demand, int consumed) {
          SkuChange& change = skus_[sku];
          change.demand += demand * users;
          change.consumed += consumed * users;
        },
        [&](uint32_t group, int members, int with_errors) {
          GroupChange& change = groups_[group];
          change.members += members * users;
          change.with_errors += with_errors * users;
        });
  }

  const absl::flat_hash_map<SkuNo, SkuChange>& skus() const { return skus_; }
  const absl::flat_hash_map<uint32_t, GroupChange>& groups() const { return groups_; }

 private:
  absl::flat_hash_map<SkuNo, SkuChange> skus_;
  absl::flat_hash_map<uint32_t, GroupChange> groups_;
};

}  // namespace seatwise
