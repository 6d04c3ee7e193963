// Numbers of the outcomes that many users have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/prefetch.h"
#include "engine/incremental/outcome.h"

namespace seatwise {

// Outcomes, numbered from 0 up as they are met; nothing is one too. A hash table with one line of
// the cache for each look: it is larger than the caches, and asked a million times. One thread.
class OutcomeNumbers {
 public:
  OutcomeNumbers() : slots_(16) {}

  // How many there are.
  uint32_t size() const { return size_; }
  // The number of `outcome`, which is size() before if it is new.
  uint32_t NumberOf(const Outcome* outcome) {
    if (2 * (size_ + 1) > slots_.size()) Grow();
    Slot& slot = SlotOf(outcome);
    if (slot.number == kFree) slot = {outcome, size_++};
    return slot.number;
  }
  // Fetches what NumberOf looks at.
  void Fetch(const Outcome* outcome) const { PrefetchLine(&slots_[PlaceOf(outcome)]); }

 private:
  static constexpr uint32_t kFree = 0xffffffff;
  struct Slot {
    const Outcome* outcome = nullptr;
    uint32_t number = kFree;
  };

  size_t PlaceOf(const Outcome* outcome) const {
    const uint64_t hash = reinterpret_cast<uintptr_t>(outcome) * 0x9e3779b97f4a7c15u;
    return static_cast<size_t>(hash >> 32) & (slots_.size() - 1);
  }
  // That of the outcome, or the free one that it would get.
  Slot& SlotOf(const Outcome* outcome) {
    size_t place = PlaceOf(outcome);
    while (slots_[place].number != kFree && slots_[place].outcome != outcome) {
      place = (place + 1) & (slots_.size() - 1);
    }
    return slots_[place];
  }
  void Grow() {
    std::vector<Slot> old(2 * slots_.size());
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.number != kFree) SlotOf(slot.outcome) = slot;
    }
  }

  uint32_t size_ = 0;
  std::vector<Slot> slots_;  // Open addressing, linear; a power of two, at most half full.
};

}  // namespace seatwise
