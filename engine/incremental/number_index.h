// Stored numbers found by what they stand for: by id, by address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/hash_trie.h"
#include "engine/incremental/persistent_tree.h"

namespace seatwise {

// Numbers by the hash of a text that each of them has, but not it alone: many can have one text.
using SharedTextIndex = PersistentTree<HashedNumber>;

// The same within one run of the program only.
inline uint64_t HashOfText(absl::string_view text) { return absl::Hash<absl::string_view>()(text); }

// The number in `index`, a HashTrie or a HashIndex, whose text, as text_of(number) gives it, is
// `text`. Each text is that of one number.
template <typename Index, typename TextOf>
std::optional<uint32_t> FindText(const Index& index, absl::string_view text,
                                 const TextOf& text_of) {
  std::optional<uint32_t> found;
  index.ForEachOf(HashOfText(text), [&](uint32_t number) {
    if (text_of(number) == text) found = number;
    return !found.has_value();
  });
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
