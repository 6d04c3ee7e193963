// Stored numbers found by what they stand for: by id, by address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/persistent_tree.h"

namespace seatwise {

// A number by the hash of its text; texts with equal hashes stand side by side.
struct HashedNumber {
  uint64_t hash = 0;
  uint32_t number = 0;

  friend bool operator==(const HashedNumber&, const HashedNumber&) = default;
  friend auto operator<=>(const HashedNumber&, const HashedNumber&) = default;
};
using HashIndex = PersistentTree<HashedNumber>;

// Finds the first entry with a hash that is not less.
struct HashBefore {
  static constexpr bool kIsOneInstruction = true;
  bool operator()(const HashedNumber& entry, uint64_t hash) const { return entry.hash < hash; }
};

// The same within one run of the program only.
inline uint64_t HashOfText(absl::string_view text) { return absl::Hash<absl::string_view>()(text); }

// The number in `index` whose text, as text_of(number) gives it, is `text`.
template <typename TextOf>
std::optional<uint32_t> FindText(const HashIndex& index, absl::string_view text,
                                 const TextOf& text_of) {
  const uint64_t hash = HashOfText(text);
  std::optional<uint32_t> found;
  index.ForEachFrom(
      hash,
      [&](const HashedNumber& entry) {
        if (entry.hash != hash) return false;
        if (text_of(entry.number) != text) return true;
        found = entry.number;
        return false;
      },
      HashBefore());
  return found;
}

// A number by the first bytes of its id. Most ids are told apart without a look at them.
struct OrderedNumber {
  uint64_t prefix = 0;  // The first eight bytes, so that it compares like them.
  uint32_t number = 0;
};
using OrderIndex = PersistentTree<OrderedNumber>;

// As OrderedNumber has it; a short id is filled up with zeros.
inline uint64_t PrefixOf(absl::string_view id) {
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < id.size() ? static_cast<unsigned char>(id[i]) : 0u);
  }
  return prefix;
}

// The order of an OrderIndex by the bytes of the ids, which id_of(number) gives.
template <typename IdOf>
struct OrderById {
  const IdOf& id_of;

  bool operator()(const OrderedNumber& a, const OrderedNumber& b) const {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    return a.number != b.number && id_of(a.number) < id_of(b.number);
  }
  bool operator()(const OrderedNumber& a, absl::string_view id) const {
    const uint64_t prefix = PrefixOf(id);
    return a.prefix != prefix ? a.prefix < prefix : id_of(a.number) < id;
  }
};

}  // namespace seatwise
