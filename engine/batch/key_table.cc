#include "engine/batch/key_table.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/prefetch.h"

namespace seatwise {

// Multiply and fold, two words at a time: keys are short, and hits are compared in full.
uint32_t KeyTable::HashOf(absl::Span<const uint32_t> key) {
  uint64_t hash = key.size() * 0x9e3779b97f4a7c15u;
  const auto mix = [&](uint64_t word) {
    hash = (hash ^ word) * 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
  };
  size_t i = 0;
  for (; i + 1 < key.size(); i += 2) mix(key[i] | uint64_t{key[i + 1]} << 32);
  if (i < key.size()) mix(key[i]);
  return static_cast<uint32_t>(hash);
}

void KeyTable::Touch(uint32_t hash) const {
  const Slot& slot = slots_[hash & (slots_.size() - 1)];
  if (slot.record != kEmpty) PrefetchLine(words_.data() + slot.record);
}

uint32_t KeyTable::Intern(absl::Span<const uint32_t> key, uint32_t hash, uint32_t times) {
  if (2 * (records_.size() + 1) > slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  for (; slots_[i].record != kEmpty; i = (i + 1) & mask) {
    const uint32_t record = slots_[i].record;
    if (slots_[i].hash != hash || KeyAt(record) != key) continue;
    words_[record + kTimes] += times;
    return words_[record + kNumber];
  }
  slots_[i] = {hash, static_cast<uint32_t>(words_.size())};
  Add(key, times);
  return static_cast<uint32_t>(records_.size() - 1);
}

uint32_t KeyTable::Find(absl::Span<const uint32_t> key, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t i = hash & mask; slots_[i].record != kEmpty; i = (i + 1) & mask) {
    const uint32_t record = slots_[i].record;
    if (slots_[i].hash == hash && KeyAt(record) == key) return words_[record + kNumber];
  }
  return kNone;
}

void KeyTable::Add(absl::Span<const uint32_t> key, uint32_t times) {
  SEATWISE_CHECK(words_.size() + kHeaderWords + key.size() < kEmpty) << "too many keys";
  const auto number = static_cast<uint32_t>(records_.size());
  records_.push_back(static_cast<uint32_t>(words_.size()));
  words_.insert(words_.end(), {number, times, static_cast<uint32_t>(key.size())});
  words_.insert(words_.end(), key.begin(), key.end());
}

void KeyTable::Grow() {
  std::vector<Slot> slots(2 * slots_.size());
  const size_t mask = slots.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.record == kEmpty) continue;
    size_t i = slot.hash & mask;
    while (slots[i].record != kEmpty) i = (i + 1) & mask;
    slots[i] = slot;
  }
  slots_ = std::move(slots);
}

}  // namespace seatwise
