#include "engine/batch/key_table.h"

#include <algorithm>
#include <utility>

#include "base/prefetch.h"

namespace seatwise {
// Multiply and fold, word by word: keys are short, and 64 mixed bits are plenty for a table whose
// hits are compared in full.
uint64_t KeyTable::HashOf(absl::Span<const uint32_t> key) {
  uint64_t hash = key.size() * 0x9e3779b97f4a7c15u;
  for (uint32_t word : key) {
    hash = (hash ^ word) * 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
  }
  return hash;
}

void KeyTable::Touch(uint64_t hash) const {
  const Slot& slot = slots_[hash & (slots_.size() - 1)];
  if (slot.number == kEmpty || slot.number == 0) return;
  PrefetchLine(words_.data() + ends_[slot.number - 1]);
}

uint32_t KeyTable::Intern(absl::Span<const uint32_t> key, uint64_t hash) {
  if (2 * (ends_.size() + 1) > slots_.size()) Grow();
  const uint32_t tag = static_cast<uint32_t>(hash >> 32);
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  for (; slots_[i].number != kEmpty; i = (i + 1) & mask) {
    if (slots_[i].tag == tag && (*this)[slots_[i].number] == key) return slots_[i].number;
  }
  slots_[i] = {tag, static_cast<uint32_t>(ends_.size())};
  words_.insert(words_.end(), key.begin(), key.end());
  ends_.push_back(words_.size());
  return slots_[i].number;
}

void KeyTable::Grow() {
  std::vector<Slot> slots(2 * slots_.size());
  const size_t mask = slots.size() - 1;
  for (uint32_t number = 0; number < ends_.size(); ++number) {
    const uint64_t hash = HashOf((*this)[number]);
    size_t i = hash & mask;
    while (slots[i].number != kEmpty) i = (i + 1) & mask;
    slots[i] = {static_cast<uint32_t>(hash >> 32), number};
  }
  slots_ = std::move(slots);
}

}  // namespace seatwise
