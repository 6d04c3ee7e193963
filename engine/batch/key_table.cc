#include "engine/batch/key_table.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/prefetch.h"

namespace seatwise {

uint32_t KeyTable::HashOf(const Key& key) {
  uint64_t sum = 0;
  for (uint32_t word : key.words) sum += WorthOf(word);
  return HashOf(key.head, sum);
}

void KeyTable::Touch(uint32_t hash) const {
  const Slot& slot = slots_[hash & (slots_.size() - 1)];
  if (slot.record != kEmpty) PrefetchLine(words_.data() + slot.record);
}

uint32_t KeyTable::Intern(const Key& key, uint32_t hash) {
  if (2 * (records_.size() + 1) > slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  for (; slots_[i].record != kEmpty; i = (i + 1) & mask) {
    const uint32_t record = slots_[i].record;
    if (slots_[i].hash != hash || KeyAt(record) != key) continue;
    ++words_[record + kTimes];
    return words_[record + kNumber];
  }
  slots_[i] = {hash, static_cast<uint32_t>(words_.size())};
  Add(key);
  return static_cast<uint32_t>(records_.size() - 1);
}

uint32_t KeyTable::Find(const Key& key, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t i = hash & mask; slots_[i].record != kEmpty; i = (i + 1) & mask) {
    const uint32_t record = slots_[i].record;
    if (slots_[i].hash == hash && KeyAt(record) == key) return words_[record + kNumber];
  }
  return kNone;
}

void KeyTable::Add(const Key& key) {
  SEATWISE_CHECK(words_.size() + kHeaderWords + key.words.size() < kEmpty) << "too many keys";
  const auto number = static_cast<uint32_t>(records_.size());
  records_.push_back(static_cast<uint32_t>(words_.size()));
  words_.insert(words_.end(),
                {number, 1, static_cast<uint32_t>(key.words.size()),
                 static_cast<uint32_t>(key.head), static_cast<uint32_t>(key.head >> 32)});
  words_.insert(words_.end(), key.words.begin(), key.words.end());
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
