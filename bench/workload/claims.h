// Which SKUs each user of a generated tenant asks for: what supply and relations are fitted to.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

// What one user asks for.
struct Wish {
  uint32_t claims;                  // Items of all claims: assignments that reach the user.
  absl::Span<const uint32_t> skus;  // Different ones, in no particular order.
};

// Walks the users in rising order, over memberships, nesting (rule M2) and assignments (C2, C3).
// One thread at a time.
class ClaimWalker {
 public:
  // All arguments outlive the walker.
  ClaimWalker(JoinSource& joins, uint32_t groups, uint32_t skus, absl::Span<const Nesting> nestings,
              const Assignments& assignments);

  // What `user` asks for; numbers must rise from call to call. Valid until the next call.
  Wish WishOf(uint32_t user);

 private:
  void ListGroupSkus();
  void ReachDown(absl::Span<const Nesting> nestings);
  void AddGroup(uint32_t group);
  void AddSku(uint32_t sku);

  JoinSource& joins_;
  const Assignments& assignments_;
  std::vector<std::vector<uint32_t>> skus_of_group_;
  std::vector<std::vector<uint32_t>> licensed_above_;  // Licensed groups that a group is within.
  // The number of the walk, from 1, in which a group or SKU was met last.
  std::vector<uint32_t> group_met_;
  std::vector<uint32_t> sku_met_;
  uint32_t walk_ = 0;
  size_t next_direct_ = 0;
  uint32_t claims_ = 0;
  std::vector<uint32_t> wished_;
};

// What all users ask for.
struct Demand {
  uint64_t claims = 0;
  std::vector<uint32_t> holders;   // Per SKU: the users that ask for it.
  std::vector<uint32_t> together;  // Per SKU and SKU, row by row: the users that ask for both;
                                   // empty if not measured.

  uint32_t Together(uint32_t sku, uint32_t other) const {
    return together[sku * holders.size() + other];
  }
};

// Demand of users 0 to `users` - 1; of pairs of SKUs only if `pairs` (the time is quadratic in the
// SKUs of a user).
Demand MeasureDemand(ClaimWalker walker, uint32_t users, uint32_t skus, bool pairs);

// How many users ask for at least one SKU with `marked` set.
uint32_t CountTouching(ClaimWalker walker, uint32_t users, const std::vector<bool>& marked);

}  // namespace seatwise::workload
