// The seats of all SKUs of a tenant while users come and go in their queues.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_queue.h"
#include "engine/model/catalog.h"

namespace seatwise {

// By SKU; nothing for one that nobody ever asked for.
using SeatQueues = PersistentVector<Ref<SeatQueue>>;

// A user in the queue of one SKU.
struct SeatEntry {
  enum class Kind : uint8_t { kTake, kDenied, kWaiting };

  SkuNo sku = 0;
  Kind kind = Kind::kTake;
  QueuePlace place;

  friend bool operator==(const SeatEntry&, const SeatEntry&) = default;
};

// Where an evaluation of one user gets its seats from.
class SeatSource {
 public:
  virtual ~SeatSource() = default;

  // Whether it matters who takes the seats (SeatQueue::tracked).
  virtual bool IsTracked(SkuNo sku) const = 0;
  // Whether a seat is left for the user at this place of the queue. Always, if not tracked.
  virtual bool HasSeat(SkuNo sku, const QueuePlace& place) const = 0;
};

// Changes the queues of a version of its own. One thread, but for calls that are const.
class SeatBook final : public SeatSource {
 public:
  // S3, of any SKU.
  using CapacityOf = absl::FunctionRef<int64_t(SkuNo)>;

  // There are `skus` SKUs; those beyond `base` are new. `order` can order all places in the queues.
  SeatBook(SeatQueues base, size_t skus, CapacityOf capacity_of, PlaceOrder order);

  const SeatQueue& queue(SkuNo sku) const;
  bool IsTracked(SkuNo sku) const override { return queue(sku).tracked; }
  // By the takes that are there now, for a user that has none.
  bool HasSeat(SkuNo sku, const QueuePlace& place) const override {
    return HasSeat(sku, place, {});
  }
  // For a user that has entered with `own`: its own takes do not count.
  bool HasSeat(SkuNo sku, const QueuePlace& place, absl::Span<const SeatEntry> own) const;

  // A user enters, or leaves: then with all entries that it entered with. Entries among takes and
  // denials of a SKU that is not tracked count for nothing.
  void Enter(absl::Span<const SeatEntry> entries) { Change({}, entries); }
  void Leave(absl::Span<const SeatEntry> entries) { Change(entries, {}); }
  // Leaves with `before` and enters with `after`, at once: what they have in common stays.
  void Change(absl::Span<const SeatEntry> before, absl::Span<const SeatEntry> after);

  // Counts users in, or out if negative.
  void AddDemand(SkuNo sku, int64_t users) { Mutable(sku).demand += users; }
  void AddConsumed(SkuNo sku, int64_t users) { Mutable(sku).consumed += users; }

  // The capacity is perhaps not what it was when the queue was settled.
  void Unsettle(SkuNo sku) { Mutable(sku); }

  // Starts to track SKUs, of those that changed, whose demand exceeds their seats, and answers them
  // ascending: every user with a claim on one of them has to leave and enter anew.
  std::vector<SkuNo> StartTracking();

  // Finds users whose answer does not agree with the takes of the others, by the smallest place,
  // until there are none; `settle` answers for the user anew and changes its entries.
  // Then all answers are right. Answers how often it was called; gives up, and answers nothing,
  // where that would be more often than `most`.
  std::optional<uint64_t> Settle(uint64_t most, absl::FunctionRef<void(uint32_t user)> settle);

  // The queues, which are settled. Those with plenty of seats are not tracked any more. The book is
  // spent.
  SeatQueues Finish() &&;

 private:
  // A SKU that changed.
  struct Open {
    SkuNo sku = 0;
    std::unique_ptr<SeatQueue> queue;
    bool checked = false;  // `wrong` is up to date.
    std::optional<QueuePlace> wrong;
  };

  SeatQueue& Mutable(SkuNo sku);
  void EnterOne(const SeatEntry& entry);
  void LeaveOne(const SeatEntry& entry);
  std::optional<QueuePlace> FirstWrong();

  SeatQueues base_;
  CapacityOf capacity_of_;
  PlaceOrder order_;
  std::vector<uint32_t> open_at_;  // By SKU: 1 + its position in open_, or 0.
  std::vector<Open> open_;
};

}  // namespace seatwise
