// Who takes the seats of one SKU, who was denied one, and who waits for one.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/incremental/persistent_tree.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/ref.h"
#include "engine/model/facts.h"

namespace seatwise {

// One SKU. Copies share the sets.
//
// Only where seats could run out is it worth knowing who takes them: a SKU is tracked while more
// users could come to ask for it than it has seats (demand > capacity, S3), and on until the demand
// is well below that. An SKU that is not tracked has a seat for everybody.
struct SeatQueue : RefCounted {
  int64_t demand = 0;    // Users with a claim on it that could ever pass.
  int64_t consumed = 0;  // O5.
  bool tracked = false;

  // Of a tracked SKU: the places at which seats are taken, one for each holder. A claim that is
  // healed takes its seat at the place of the claim that heals it (G2).
  PersistentTree<QueuePlace> takes;
  // Of a tracked SKU: the place at which a user first had a claim that passed K1 to K5 and was
  // denied this seat. A claim that lacks several seats stands in the queue of one of them only:
  // as long as that seat is missing, the others do not matter.
  PersistentTree<QueuePlace> denied;
  // Users that do not hold it and have a rejected claim on it which lacks nothing but seats, of
  // whatever SKUs: at the place of the first such claim. They wait if the SKU is full (O6, O8).
  PersistentTree<QueuePlace> waiting;
};

// Whether to go on tracking, or to start with it where that costs little.
inline bool IsWorthTracking(int64_t demand, int64_t capacity) {
  return demand > 0 && demand >= capacity - capacity / 8;
}

// Whether a seat is left at `place`, of a SKU with so many seats (kUnlimited: no limit): fewer have
// been taken before.
bool HasSeatAt(const SeatQueue& queue, int64_t capacity, const QueuePlace& place,
               const PlaceOrder& order);

// The first place at which a user's answer does not agree with the others' takes: a seat was taken
// that is not there, or denied although it is.
std::optional<QueuePlace> FirstWrongPlace(const SeatQueue& queue, int64_t capacity,
                                          const PlaceOrder& order);

}  // namespace seatwise
