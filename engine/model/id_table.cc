// Sorting compares the first eight bytes as one big-endian integer and looks at the rest only where
// they tie: one comparison in cache for nearly every pair of GUIDs.
#include "engine/model/id_table.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/hash/hash.h"
#include "absl/numeric/bits.h"

namespace seatwise {
namespace {

struct SortKey {
  uint64_t prefix;    // The first eight bytes, zero-padded, as a big-endian integer.
  uint32_t position;  // Among the given ids.
};

uint64_t Prefix(absl::string_view id) {
  unsigned char bytes[8] = {};
  std::memcpy(bytes, id.data(), std::min<size_t>(id.size(), sizeof(bytes)));
  uint64_t prefix = 0;
  for (unsigned char byte : bytes) prefix = prefix << 8 | byte;
  return prefix;
}

std::vector<SortKey> SortedKeys(const StringColumn& ids) {
  std::vector<SortKey> keys(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) keys[i] = {Prefix(ids[i]), static_cast<uint32_t>(i)};
  // Ties end at the position, so that of equal ids the first given comes first.
  std::sort(keys.begin(), keys.end(), [&](const SortKey& a, const SortKey& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    const int order = ids[a.position].compare(ids[b.position]);
    return order != 0 ? order < 0 : a.position < b.position;
  });
  return keys;
}

size_t HashOf(absl::string_view id) { return absl::Hash<absl::string_view>()(id); }

uint32_t TagOf(size_t hash) { return static_cast<uint32_t>(hash >> 32); }

}  // namespace

IdTable::Built IdTable::Build(const StringColumn& ids) {
  Built built;
  built.number_of.resize(ids.size());
  for (const SortKey& key : SortedKeys(ids)) {
    IdTable& table = built.table;
    const absl::string_view id = ids[key.position];
    if (table.size() > 0 && table[table.size() - 1] == id) {
      built.repeated.push_back(key.position);
    } else {
      table.ids_.Add(id);
    }
    built.number_of[key.position] = static_cast<uint32_t>(table.size() - 1);
  }
  std::sort(built.repeated.begin(), built.repeated.end());
  built.table.BuildSlots();
  return built;
}

void IdTable::BuildSlots() {
  slots_.assign(absl::bit_ceil(2 * ids_.size() + 1), Slot());
  const size_t mask = slots_.size() - 1;
  for (size_t number = 0; number < ids_.size(); ++number) {
    const size_t hash = HashOf(ids_[number]);
    size_t i = hash & mask;
    while (slots_[i].number != kNone) i = (i + 1) & mask;
    slots_[i] = {TagOf(hash), static_cast<uint32_t>(number)};
  }
}

uint32_t IdTable::Probe(absl::string_view id, size_t hash) const {
  const size_t mask = slots_.size() - 1;
  const uint32_t tag = TagOf(hash);
  for (size_t i = hash & mask; slots_[i].number != kNone; i = (i + 1) & mask) {
    if (slots_[i].tag == tag && ids_[slots_[i].number] == id) return slots_[i].number;
  }
  return kNone;
}

std::optional<uint32_t> IdTable::Find(absl::string_view id) const {
  if (slots_.empty()) return std::nullopt;
  const uint32_t number = Probe(id, HashOf(id));
  return number == kNone ? std::nullopt : std::optional<uint32_t>(number);
}

// Three loads depend on each other: slot, place of the id, its bytes. Each loop below issues one
// level for a whole block before the next level needs it.
void IdTable::FindMany(absl::Span<const absl::string_view> ids,
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
      const uint32_t number = slots_[hashes[i] & mask].number;
      if (number != kNone) __builtin_prefetch(ids_[number].data());
    }
    for (size_t i = 0; i < count; ++i) numbers[begin + i] = Probe(ids[begin + i], hashes[i]);
  }
}

}  // namespace seatwise
