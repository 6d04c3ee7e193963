#include "engine/model/numbered_ids.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/numeric/bits.h"
#include "base/prefetch.h"

namespace seatwise {
namespace {

constexpr size_t kFewestSlots = 64;
constexpr size_t kBlock = 32;  // So many ids wait for memory at the same time.

size_t HashOf(absl::string_view id) { return absl::Hash<absl::string_view>()(id); }

uint32_t TagOf(size_t hash) { return static_cast<uint32_t>(hash >> 32); }

}  // namespace

NumberedIds NumberedIds::OfDistinct(StringColumn ids) {
  NumberedIds numbered;
  numbered.ids_ = std::move(ids);
  if (numbered.size() > 0) {
    numbered.Rehash(std::max(kFewestSlots, absl::bit_ceil(2 * numbered.size())));
  }
  return numbered;
}

void NumberedIds::Reserve(size_t ids) {
  const size_t slots = absl::bit_ceil(2 * ids + 1);
  if (slots > slots_.size()) Rehash(slots);
}

bool NumberedIds::Add(absl::string_view id) {
  if (2 * (ids_.size() + 1) > slots_.size()) Rehash(std::max(kFewestSlots, 2 * slots_.size()));
  const size_t hash = HashOf(id);
  Slot& slot = slots_[Probe(id, hash)];
  if (slot.place != kNone) return false;
  slot = {TagOf(hash), static_cast<uint32_t>(ids_.size())};
  ids_.Add(id);
  return true;
}

void NumberedIds::Rehash(size_t slots) {
  slots_.assign(slots, Slot());
  const size_t mask = slots - 1;
  std::array<size_t, kBlock> hashes;
  for (size_t begin = 0; begin < ids_.size(); begin += kBlock) {
    const size_t count = std::min(kBlock, ids_.size() - begin);
    for (size_t i = 0; i < count; ++i) {
      hashes[i] = HashOf(ids_[begin + i]);
      PrefetchLineToWrite(&slots_[hashes[i] & mask]);
    }
    for (size_t i = 0; i < count; ++i) {
      size_t slot = hashes[i] & mask;
      while (slots_[slot].place != kNone) slot = (slot + 1) & mask;
      slots_[slot] = {TagOf(hashes[i]), static_cast<uint32_t>(begin + i)};
    }
  }
}

// The slot of `id`, or the empty one where it would be. There are slots.
size_t NumberedIds::Probe(absl::string_view id, size_t hash) const {
  const size_t mask = slots_.size() - 1;
  const uint32_t tag = TagOf(hash);
  size_t i = hash & mask;
  while (slots_[i].place != kNone && (slots_[i].tag != tag || ids_[slots_[i].place] != id)) {
    i = (i + 1) & mask;
  }
  return i;
}

uint32_t NumberedIds::NumberAt(size_t slot) const {
  const uint32_t place = slots_[slot].place;
  return place == kNone ? kNone : first_ + place;
}

uint32_t NumberedIds::Find(absl::string_view id) const {
  return slots_.empty() ? kNone : NumberAt(Probe(id, HashOf(id)));
}

// Three loads depend on each other: slot, place of the id, its bytes. Each loop below issues one
// level for a whole block before the next level needs it.
void NumberedIds::FindMany(absl::Span<const absl::string_view> ids,
                           absl::Span<uint32_t> numbers) const {
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
      PrefetchLine(&slots_[hashes[i] & mask]);
    }
    for (size_t i = 0; i < count; ++i) {
      const uint32_t place = slots_[hashes[i] & mask].place;
      if (place == kNone) continue;
      const absl::string_view id = ids_[place];
      PrefetchLine(id.data());
      PrefetchLine(id.data() + id.size());  // Half of the GUIDs lie in two lines.
    }
    for (size_t i = 0; i < count; ++i) {
      numbers[begin + i] = NumberAt(Probe(ids[begin + i], hashes[i]));
    }
  }
}

}  // namespace seatwise
