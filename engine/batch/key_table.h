// Distinct keys, numbered in the order of their first appearance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/prefetch.h"

namespace seatwise {

// A sequence of words of any length, and a number in front of it. Refers to the words.
struct Key {
  uint64_t head = 0;
  absl::Span<const uint32_t> words;

  friend bool operator==(const Key&, const Key&) = default;
};

// Keys of at most 2^32 words together. One thread at a time where nothing else is said.
class KeyTable {
 public:
  // Is no key's number.
  static constexpr uint32_t kNone = 0xffffffff;

  KeyTable() : slots_(16) {}

  // The number of `key`, which is added if it is new, and counted as having come once more.
  uint32_t Intern(const Key& key) { return Intern(key, HashOf(key)); }

  // The same in steps, for who has many keys at hand: a large table answers each step from far
  // away, so fetch for all keys, then touch all, then intern all.
  static uint32_t HashOf(const Key& key);
  void Fetch(uint32_t hash) const { PrefetchLine(&slots_[hash & (slots_.size() - 1)]); }
  void Touch(uint32_t hash) const;
  uint32_t Intern(const Key& key, uint32_t hash);
  // The number of `key`, or kNone. From any thread while nothing is added.
  uint32_t Find(const Key& key, uint32_t hash) const;

  // A hash for who makes many keys: that of a key follows from its head and the sum of what its
  // words are worth, so that the sums of keys that stand end to end are found in one pass.
  static uint64_t WorthOf(uint32_t word) {
    uint64_t worth = (uint64_t{word} + 1) * 0x9e3779b97f4a7c15u;
    worth = (worth ^ worth >> 32) * 0xd6e8feb86659fd93u;
    return worth ^ worth >> 32;
  }
  static uint32_t HashOf(uint64_t head, uint64_t sum) {
    const uint64_t hash = (head * 0x9e3779b97f4a7c15u ^ sum) * 0xd6e8feb86659fd93u;
    return static_cast<uint32_t>(hash >> 32);
  }

  size_t size() const { return records_.size(); }
  Key operator[](uint32_t number) const { return KeyAt(records_[number]); }
  // How often the key came.
  uint32_t times(uint32_t number) const { return words_[records_[number] + kTimes]; }

 private:
  // The words of a key stand behind what else is known about it, so that one look answers all.
  enum Header { kNumber, kTimes, kLength, kHeadLow, kHeadHigh, kHeaderWords };
  static constexpr uint32_t kEmpty = 0xffffffff;
  struct Slot {
    uint32_t hash = 0;
    uint32_t record = kEmpty;
  };

  Key KeyAt(uint32_t record) const {
    const uint32_t* const header = words_.data() + record;
    return {.head = header[kHeadLow] | uint64_t{header[kHeadHigh]} << 32,
            .words = {header + kHeaderWords, header[kLength]}};
  }
  void Add(const Key& key);
  void Grow();

  std::vector<uint32_t> words_;    // Records, end to end.
  std::vector<uint32_t> records_;  // By number: where its record begins.
  std::vector<Slot> slots_;        // Open addressing, linear; a power of two, at most half full.
};

}  // namespace seatwise
