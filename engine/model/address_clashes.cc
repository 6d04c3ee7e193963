// Nearly all addresses have one user. Two passes find most of those: one marks a bit for each hash,
// in a second map if it was marked before, the other leaves out whose bit is in the first map only.
// Texts of the rest are compared where their hashes are equal:
//
//   shared, by hash   [h1: ana]  [h2: bob, cid]  [h3: dan]  ...
//                                ^ a run: compare texts, choose the owner
#include "engine/model/address_clashes.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <tuple>

#include "absl/numeric/bits.h"
#include "absl/strings/ascii.h"
#include "absl/types/span.h"
#include "base/prefetch.h"

namespace seatwise {
namespace {

struct HashedAddress {
  uint64_t hash = 0;
  uint32_t position = 0;  // Among the addresses.
};

// Eight characters with A to Z as a to z: bit 7 of a byte says that it is one of them.
uint64_t LowerCase(uint64_t text) {
  constexpr uint64_t kEach = 0x0101010101010101;
  const uint64_t low_bits = text & (0x7f * kEach);
  const uint64_t from_a = low_bits + (0x80 - 'A') * kEach;
  const uint64_t after_z = low_bits + (0x80 - 'Z' - 1) * kEach;
  return text | ((from_a & ~after_z & ~text & (0x80 * kEach)) >> 2);
}

// A hash of the text in ASCII lower case. Whoever makes many addresses collide makes us compare
// their texts, which costs a sort of them.
uint64_t HashOf(absl::string_view address) {
  uint64_t hash = address.size();
  const auto add = [&](const char* from, size_t bytes) {
    uint64_t text = 0;
    std::memcpy(&text, from, bytes);
    hash = (hash ^ LowerCase(text)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  };
  if (address.size() < 8) {
    add(address.data(), address.size());
    return hash;
  }
  for (size_t i = 0; i + 8 < address.size(); i += 8) add(address.data() + i, 8);
  add(address.data() + address.size() - 8, 8);  // The end, which may have been read in part.
  return hash;
}

std::vector<HashedAddress> SortByHash(const StringColumn& addresses,
                                      absl::Span<const uint32_t> positions) {
  std::vector<HashedAddress> hashed;
  hashed.reserve(positions.size());
  for (const uint32_t position : positions)
    hashed.push_back({HashOf(addresses[position]), position});
  std::sort(hashed.begin(), hashed.end(), [](const HashedAddress& a, const HashedAddress& b) {
    return std::tie(a.hash, a.position) < std::tie(b.hash, b.position);
  });
  return hashed;
}

// Bits that hashes mark.
class HashBits {
 public:
  explicit HashBits(size_t bits) : words_(std::max<size_t>(1, absl::bit_ceil(bits) / 64)) {}

  void Fetch(uint64_t hash) const { PrefetchLineToWrite(&words_[Word(hash)]); }
  bool Has(uint64_t hash) const { return (words_[Word(hash)] & Bit(hash)) != 0; }
  void Mark(uint64_t hash) { words_[Word(hash)] |= Bit(hash); }

 private:
  size_t Word(uint64_t hash) const { return hash >> 6 & (words_.size() - 1); }
  static uint64_t Bit(uint64_t hash) { return uint64_t{1} << (hash & 63); }

  std::vector<uint64_t> words_;
};

// A user that has an address; the first in this order owns it.
struct Holder {
  std::string address;
  Time created_at;
  UserNo user = 0;

  friend bool operator<(const Holder& a, const Holder& b) {
    return std::tie(a.address, a.created_at, a.user) < std::tie(b.address, b.created_at, b.user);
  }
};

// `holders` have addresses of equal hash: mostly one address.
void AddClashes(std::vector<Holder> holders, std::vector<ClashRow>& clashes) {
  std::sort(holders.begin(), holders.end());
  const Holder* owner = nullptr;
  for (const Holder& holder : holders) {
    if (owner == nullptr || owner->address != holder.address) owner = &holder;
    if (owner->user == holder.user) continue;
    clashes.push_back({.user = holder.user, .owner = owner->user, .address = holder.address});
  }
}

}  // namespace

std::vector<uint32_t> SharedAddresses(const StringColumn& addresses) {
  std::vector<uint32_t> hashes(addresses.size());  // 32 bits of each are enough to choose one.
  HashBits once(16 * addresses.size());
  HashBits again(16 * addresses.size());
  constexpr size_t kBlock = 32;  // So many wait for memory at the same time.
  for (size_t begin = 0; begin < addresses.size(); begin += kBlock) {
    const size_t end = std::min(addresses.size(), begin + kBlock);
    for (size_t i = begin; i < end; ++i) {
      hashes[i] = static_cast<uint32_t>(HashOf(addresses[i]));
      once.Fetch(hashes[i]);
    }
    for (size_t i = begin; i < end; ++i) {
      if (once.Has(hashes[i])) again.Mark(hashes[i]);
      once.Mark(hashes[i]);
    }
  }
  std::vector<uint32_t> shared;
  for (size_t i = 0; i < addresses.size(); ++i) {
    if (again.Has(hashes[i])) shared.push_back(static_cast<uint32_t>(i));
  }
  return shared;
}

std::vector<ClashRow> FindAddressClashes(const AddressColumn& addresses,
                                         const std::vector<Time>& created_at,
                                         const std::vector<uint32_t>& number_of) {
  return FindAddressClashes(addresses, SharedAddresses(addresses.address), created_at, number_of);
}

std::vector<ClashRow> FindAddressClashes(const AddressColumn& addresses,
                                         absl::Span<const uint32_t> shared,
                                         const std::vector<Time>& created_at,
                                         const std::vector<uint32_t>& number_of) {
  const std::vector<HashedAddress> hashed = SortByHash(addresses.address, shared);
  std::vector<ClashRow> clashes;
  for (size_t begin = 0, end = 0; begin < hashed.size(); begin = end) {
    while (end < hashed.size() && hashed[end].hash == hashed[begin].hash) ++end;
    if (end - begin == 1) continue;
    std::vector<Holder> holders;
    for (const HashedAddress& entry : absl::MakeConstSpan(hashed).subspan(begin, end - begin)) {
      const uint32_t user = addresses.user[entry.position];
      holders.push_back({.address = absl::AsciiStrToLower(addresses.address[entry.position]),
                         .created_at = created_at[user],
                         .user = number_of[user]});
    }
    AddClashes(std::move(holders), clashes);
  }
  std::sort(clashes.begin(), clashes.end(), [](const ClashRow& a, const ClashRow& b) {
    return std::tie(a.user, a.address) < std::tie(b.user, b.address);
  });
  // A user may have an address in two spellings.
  clashes.erase(std::unique(clashes.begin(), clashes.end()), clashes.end());
  return clashes;
}

}  // namespace seatwise
