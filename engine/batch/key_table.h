// Distinct sequences of 32-bit words, numbered in the order of their first appearance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/prefetch.h"

namespace seatwise {

// Keys of any length, stored end to end. One thread at a time.
class KeyTable {
 public:
  KeyTable() : slots_(16) {}

  // The number of `key`, which is added if it is new.
  uint32_t Intern(absl::Span<const uint32_t> key) { return Intern(key, HashOf(key)); }

  // The same in steps, for who has many keys at hand: a large table answers each step from far
  // away, so fetch for all keys, then touch all, then intern all.
  static uint64_t HashOf(absl::Span<const uint32_t> key);
  void Fetch(uint64_t hash) const { PrefetchLine(&slots_[hash & (slots_.size() - 1)]); }
  void Touch(uint64_t hash) const;
  uint32_t Intern(absl::Span<const uint32_t> key, uint64_t hash);

  size_t size() const { return ends_.size(); }
  absl::Span<const uint32_t> operator[](uint32_t number) const {
    const size_t begin = number == 0 ? 0 : ends_[number - 1];
    return absl::MakeConstSpan(words_).subspan(begin, ends_[number] - begin);
  }

 private:
  static constexpr uint32_t kEmpty = 0xffffffff;
  struct Slot {
    uint32_t tag = 0;  // The upper half of the key's hash.
    uint32_t number = kEmpty;
  };

  void Grow();

  std::vector<uint32_t> words_;
  std::vector<size_t> ends_;
  std::vector<Slot> slots_;  // Open addressing, linear; a power of two, at most half full.
};

}  // namespace seatwise
