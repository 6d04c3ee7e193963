// How many groups a user is a direct member of.
#pragma once

#include <cstdint>

#include "bench/workload/random.h"

namespace seatwise::workload {

// A log-normal law (median 0.8 of the mean, one user in 100,000 above 13.8 times, at most 20 times
// the mean), as a table of quantiles. With a mean of 10: median 8, tail 200. Any thread.
class MembershipCurve {
 public:
  // `total` memberships for `users` users, who have at least 1 and at most `most` each. `users` and
  // `most` at least 1.
  MembershipCurve(uint64_t total, uint64_t users, uint32_t most);

  // The number of memberships of one user. Sums stay close to `total` unless the limits bite.
  uint32_t Pick(Random& random) const;

 private:
  uint64_t scale_;  // Memberships per point of the table, in 2^-32.
  uint32_t most_;
};

}  // namespace seatwise::workload
