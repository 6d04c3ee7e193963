// Distinct sequences of 32-bit words, numbered in the order of their first appearance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/prefetch.h"

namespace seatwise {

// Keys of any length, of at most 2^32 words together. One thread at a time where nothing else is
// said.
class KeyTable {
 public:
  // Is no key's number.
  static constexpr uint32_t kNone = 0xffffffff;

  KeyTable() : slots_(16) {}

  // The number of `key`, which is added if it is new. It is counted as having come `times` times.
  uint32_t Intern(absl::Span<const uint32_t> key) { return Intern(key, HashOf(key), 1); }

  // The same in steps, for who has many keys at hand: a large table answers each step from far
  // away, so fetch for all keys, then touch all, then intern all.
  static uint32_t HashOf(absl::Span<const uint32_t> key);
  void Fetch(uint32_t hash) const { PrefetchLine(&slots_[hash & (slots_.size() - 1)]); }
  void Touch(uint32_t hash) const;
  uint32_t Intern(absl::Span<const uint32_t> key, uint32_t hash, uint32_t times);
  // The number of `key`, or kNone. From any thread while nothing is added.
  uint32_t Find(absl::Span<const uint32_t> key, uint32_t hash) const;

  size_t size() const { return records_.size(); }
  absl::Span<const uint32_t> operator[](uint32_t number) const { return KeyAt(records_[number]); }
  // How often the key came.
  uint32_t times(uint32_t number) const { return words_[records_[number] + kTimes]; }

 private:
  // A key stands behind what is known about it, so that one look answers all.
  enum Header { kNumber, kTimes, kLength, kHeaderWords };
  static constexpr uint32_t kEmpty = 0xffffffff;
  struct Slot {
    uint32_t hash = 0;
    uint32_t record = kEmpty;
  };

  absl::Span<const uint32_t> KeyAt(uint32_t record) const {
    return {words_.data() + record + kHeaderWords, words_[record + kLength]};
  }
  void Add(absl::Span<const uint32_t> key, uint32_t times);
  void Grow();

  std::vector<uint32_t> words_;    // Records, end to end.
  std::vector<uint32_t> records_;  // By number: where its record begins.
  std::vector<Slot> slots_;        // Open addressing, linear; a power of two, at most half full.
};

}  // namespace seatwise
