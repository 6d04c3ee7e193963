// Why Settle ends, and ends right, is argued in ADR 0006: what happens at a place depends on takes
// at smaller places only. A user is answered for anew at the smallest wrong place; nothing before
// that place changes, and the place itself is right from then on.
#include "engine/incremental/seat_book.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "engine/model/facts.h"

namespace seatwise {
namespace {

const SeatQueue& NoQueue() {
  static const SeatQueue& queue = *new SeatQueue;
  return queue;
}

PersistentTree<QueuePlace>& TreeOf(SeatQueue& queue, SeatEntry::Kind kind) {
  switch (kind) {
    case SeatEntry::Kind::kTake:
      return queue.takes;
    case SeatEntry::Kind::kDenied:
      return queue.denied;
    case SeatEntry::Kind::kWaiting:
      break;
  }
  return queue.waiting;
}

}  // namespace

SeatBook::SeatBook(SeatQueues base, size_t skus, CapacityOf capacity_of, PlaceOrder order)
    : base_(std::move(base)), capacity_of_(capacity_of), order_(order), open_at_(skus) {
  SEATWISE_CHECK(base_.size() <= skus) << "the number of a SKU is gone";
  base_.Resize(static_cast<uint32_t>(skus));
}

const SeatQueue& SeatBook::queue(SkuNo sku) const {
  if (open_at_[sku] != 0) return *open_[open_at_[sku] - 1].queue;
  const SeatQueue* queue = base_[sku].get();
  return queue != nullptr ? *queue : NoQueue();
}

SeatQueue& SeatBook::Mutable(SkuNo sku) {
  if (open_at_[sku] == 0) {
    open_.push_back({.sku = sku, .queue = std::make_unique<SeatQueue>(queue(sku))});
    open_at_[sku] = static_cast<uint32_t>(open_.size());
  }
  Open& open = open_[open_at_[sku] - 1];
  open.checked = false;
  return *open.queue;
}

bool SeatBook::HasSeat(SkuNo sku, const QueuePlace& place, absl::Span<const SeatEntry> own) const {
  const SeatQueue& seats = queue(sku);
  if (!seats.tracked) return true;
  const int64_t capacity = capacity_of_(sku);
  // One seat more for whoever takes one already, before this place.
  const bool has_taken = std::any_of(own.begin(), own.end(), [&](const SeatEntry& entry) {
    return entry.sku == sku && entry.kind == SeatEntry::Kind::kTake && order_(entry.place, place);
  });
  const bool limited = capacity != kUnlimited;
  return HasSeatAt(seats, has_taken && limited ? capacity + 1 : capacity, place, order_);
}

void SeatBook::EnterOne(const SeatEntry& entry) {
  if (entry.kind != SeatEntry::Kind::kWaiting && !IsTracked(entry.sku)) return;
  const bool is_new = TreeOf(Mutable(entry.sku), entry.kind).Insert(entry.place, order_);
  SEATWISE_CHECK(is_new) << "a user enters a queue twice";
}

void SeatBook::LeaveOne(const SeatEntry& entry) {
  if (entry.kind != SeatEntry::Kind::kWaiting && !IsTracked(entry.sku)) return;
  // An entry from before the SKU was tracked, or tracked again, is not there.
  TreeOf(Mutable(entry.sku), entry.kind).Erase(entry.place, order_);
}

void SeatBook::Change(absl::Span<const SeatEntry> before, absl::Span<const SeatEntry> after) {
  for (const SeatEntry& entry : before) {
    if (std::find(after.begin(), after.end(), entry) == after.end()) LeaveOne(entry);
  }
  for (const SeatEntry& entry : after) {
    if (std::find(before.begin(), before.end(), entry) == before.end()) EnterOne(entry);
  }
}

std::vector<SkuNo> SeatBook::StartTracking() {
  std::vector<SkuNo> started;
  for (Open& open : open_) {
    if (open.queue->tracked || open.queue->demand <= capacity_of_(open.sku)) continue;
    open.queue->tracked = true;
    open.checked = false;
    started.push_back(open.sku);
  }
  std::sort(started.begin(), started.end());
  return started;
}

std::optional<QueuePlace> SeatBook::FirstWrong() {
  std::optional<QueuePlace> first;
  for (Open& open : open_) {
    if (!open.checked) {
      open.wrong = FirstWrongPlace(*open.queue, capacity_of_(open.sku), order_);
      open.checked = true;
    }
    if (!open.wrong.has_value()) continue;
    if (!first.has_value() || order_(*open.wrong, *first)) first = open.wrong;
  }
  return first;
}

std::optional<uint64_t> SeatBook::Settle(uint64_t most,
                                         absl::FunctionRef<void(uint32_t user)> settle) {
  uint64_t calls = 0;
  while (const std::optional<QueuePlace> wrong = FirstWrong()) {
    if (calls == most) return std::nullopt;
    settle(wrong->user);
    ++calls;
  }
  return calls;
}

SeatQueues SeatBook::Finish() && {
  for (Open& open : open_) {
    // One user more or less shall not make the difference each time.
    if (open.queue->tracked && !IsWorthTracking(open.queue->demand, capacity_of_(open.sku))) {
      SEATWISE_CHECK(open.queue->denied.empty()) << "a seat is left and denied";
      open.queue->tracked = false;
      open.queue->takes = {};
    }
    base_.Set(open.sku, Ref<SeatQueue>::Adopt(open.queue.release()));
  }
  return std::move(base_);
}

}  // namespace seatwise
