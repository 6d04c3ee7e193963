// The order in which claims of all users have their turns (C5).
#pragma once

#include <cstdint>
#include <vector>

#include "base/executor.h"
#include "engine/batch/turn_order.h"

namespace seatwise {

// A claim that has its turn in the queue.
struct QueueEntry {
  uint32_t single = 0;  // Ascends with the user's number.
  uint32_t turn = 0;    // The claim is Singles::Order(single)[turn].

  friend bool operator==(const QueueEntry&, const QueueEntry&) = default;
};

// An entry with what decides its place.
struct KeyedEntry {
  QueueKey key;
  QueueEntry entry;

  friend bool operator<(const KeyedEntry& x, const KeyedEntry& y) {
    if (x.key != y.key) return x.key < y.key;
    if (x.entry.single != y.entry.single) return x.entry.single < y.entry.single;
    return x.entry.turn < y.entry.turn;
  }
};

// Sorts entries that ascend by (single, turn), at most 2^32 of them.
void SortQueue(std::vector<KeyedEntry>& entries);

// All entries in their order, which is total: the parts, each of which is in order, do not show.
std::vector<QueueEntry> MergeQueues(const std::vector<std::vector<KeyedEntry>>& parts,
                                    Executor& executor);

}  // namespace seatwise
