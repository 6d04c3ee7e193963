// Places in the queue of claims (C5).
#pragma once

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "base/time.h"

namespace seatwise {

// Where a claim stands in the queue, seen by other users: what decides between two claims of the
// same user is left out. 24 bytes.
struct QueuePlace {
  int32_t priority = 0;
  uint32_t user = 0;
  Time since;
  Time joined;

  friend bool operator==(const QueuePlace&, const QueuePlace&) = default;
};

// Whether x stands before y by what is compared first: -1, or 1 if behind, or 0 if the users
// decide.
inline int CompareTimes(const QueuePlace& x, const QueuePlace& y) {
  if (x.priority != y.priority) return x.priority > y.priority ? -1 : 1;
  if (x.since != y.since) return x.since < y.since ? -1 : 1;
  if (x.joined != y.joined) return x.joined < y.joined ? -1 : 1;
  return 0;
}

// The order C5 of places. Numbers of users are in no order, so their ids are compared where nothing
// else decides.
class PlaceOrder {
 public:
  // Answers the id of a user that some place names.
  using IdOf = absl::FunctionRef<absl::string_view(uint32_t user)>;

  // `id_of` outlives the order.
  explicit PlaceOrder(IdOf id_of) : id_of_(id_of) {}

  bool operator()(const QueuePlace& x, const QueuePlace& y) const {
    const int by_times = CompareTimes(x, y);
    if (by_times != 0) return by_times < 0;
    return x.user != y.user && id_of_(x.user) < id_of_(y.user);
  }

 private:
  IdOf id_of_;
};

}  // namespace seatwise
