// A take is wrong iff `capacity` or more takes stand before it, a denial iff fewer do. Both turn
// only once along the queue, so it is enough to look at the take after the last seat and at the
// first denial.
//
//   capacity 2    takes   a   c   e        e takes a third seat: wrong
//                 denied        d          two stand before d: right
#include "engine/incremental/seat_queue.h"

namespace seatwise {

bool HasSeatAt(const SeatQueue& queue, int64_t capacity, const QueuePlace& place,
               const PlaceOrder& order) {
  if (!queue.tracked || int64_t{queue.takes.size()} < capacity) return true;
  return int64_t{queue.takes.Rank(place, order)} < capacity;
}

std::optional<QueuePlace> FirstWrongPlace(const SeatQueue& queue, int64_t capacity,
                                          const PlaceOrder& order) {
  std::optional<QueuePlace> wrong;
  if (!queue.tracked) return wrong;
  if (int64_t{queue.takes.size()} > capacity) {
    wrong = queue.takes.Select(static_cast<uint32_t>(capacity));
  }
  if (queue.denied.empty()) return wrong;
  const QueuePlace& denied = queue.denied.First();
  if (wrong.has_value() && !order(denied, *wrong)) return wrong;
  if (HasSeatAt(queue, capacity, denied, order)) wrong = denied;
  return wrong;
}

}  // namespace seatwise
