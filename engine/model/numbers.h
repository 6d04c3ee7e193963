// The stored numbers of users and groups: what stands for an id where millions of them are kept.
#pragma once

#include <cstdint>

namespace seatwise {

// The next numbers that a tenant gives out. Numbers go up from 0, by tenant and kind, and are never
// given out twice: not after a deletion either, so that a number in a journal always means the same
// user, and one deleted and created again is another.
//
// The rule, for storage and engine alike: through ValidatedChangeSet::puts() from the front, each
// user whose id no user has in the facts before the changes gets the next number of users; likewise
// groups.
struct NextNumbers {
  uint32_t user = 0;
  uint32_t group = 0;

  friend bool operator==(const NextNumbers&, const NextNumbers&) = default;
};

}  // namespace seatwise
