// What a preparation may cost, and what it did cost.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace seatwise {

// When to do what in which way. The result is the same.
struct PrepareLimits {
  // Up to how many users with claims on scarce SKUs are answered for one by one, as the queue has
  // them; beyond, everything is derived anew in batch.
  double share = 0.5;        // Of all users.
  size_t at_least = 20'000;  // However few users there are.
  // From how many affected users on threads pay.
  size_t many = 1'000;

  size_t LimitFor(size_t users) const {
    return std::max(at_least, static_cast<size_t>(share * static_cast<double>(users)));
  }
};

// What a preparation met, for people who tune or watch it.
struct PrepareStatistics {
  // Users whose answer could differ because of their own facts or those of their sources.
  uint64_t users_affected = 0;
  // Evaluations beyond these: of users to whom seats came, or from whom they went.
  uint64_t queue_repairs = 0;
  // So many seats were in question that everything was derived in batch.
  bool fell_back = false;
};

}  // namespace seatwise
