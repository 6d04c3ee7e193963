#include "storage/numbered_ids.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/hash/hash.h"

namespace seatwise {
namespace {

constexpr size_t kFewestSlots = 64;

size_t HashOf(absl::string_view id) { return absl::Hash<absl::string_view>()(id); }

uint32_t TagOf(size_t hash) { return static_cast<uint32_t>(hash >> 32); }

}  // namespace

bool NumberedIds::Add(absl::string_view id) {
  if (2 * (ids_.size() + 1) > slots_.size()) Grow();
  const size_t hash = HashOf(id);
  if (Probe(id, hash) != kNone) return false;
  Insert(hash, static_cast<uint32_t>(ids_.size()));
  ids_.Add(id);
  return true;
}

void NumberedIds::Grow() {
  slots_.assign(std::max(kFewestSlots, 2 * slots_.size()), Slot());
  for (size_t place = 0; place < ids_.size(); ++place) {
    Insert(HashOf(ids_[place]), static_cast<uint32_t>(place));
  }
}

void NumberedIds::Insert(size_t hash, uint32_t place) {
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  while (slots_[i].place != kNone) i = (i + 1) & mask;
  slots_[i] = {TagOf(hash), place};
}

// Answers the number.
uint32_t NumberedIds::Probe(absl::string_view id, size_t hash) const {
  const size_t mask = slots_.size() - 1;
  const uint32_t tag = TagOf(hash);
  for (size_t i = hash & mask; slots_[i].place != kNone; i = (i + 1) & mask) {
    if (slots_[i].tag == tag && ids_[slots_[i].place] == id) return first_ + slots_[i].place;
  }
  return kNone;
}

uint32_t NumberedIds::Find(absl::string_view id) const {
  return slots_.empty() ? kNone : Probe(id, HashOf(id));
}

// As IdTable::FindMany: slot, place of the id and its bytes depend on each other, so each loop
// issues one level of loads for a whole block before the next level needs it.
void NumberedIds::FindMany(absl::Span<const absl::string_view> ids,
                           absl::Span<uint32_t> numbers) const {
  constexpr size_t kBlock = 32;
  if (slots_.empty()) {
    std::fill(numbers.begin(), numbers.end(), kNone);
    return;
  }
  const size_t mask = slots_.size() - 1;
  std::array<size_t, kBlock> hashes;
  for (size_t begin = 0; begin < ids.size(); begin += kBlock) {
    const size_t count = std::min(kBlock, ids.size() - begin);
    for (size_t i = 0; i < count; ++i) {
      hashes[i] = HashOf(ids[begin + i]);
      __builtin_prefetch(&slots_[hashes[i] & mask]);
    }
    for (size_t i = 0; i < count; ++i) {
      const uint32_t place = slots_[hashes[i] & mask].place;
      if (place != kNone) __builtin_prefetch(ids_[place].data());
    }
    for (size_t i = 0; i < count; ++i) numbers[begin + i] = Probe(ids[begin + i], hashes[i]);
  }
}

}  // namespace seatwise
