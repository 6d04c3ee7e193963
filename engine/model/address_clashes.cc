// Nearly all addresses have one user, so texts are compared only where their hashes are equal:
//
//   sorted by hash   [h1: ana]  [h2: bob, cid]  [h3: dan]  ...
//                               ^ a run: compare texts, choose the owner
#include "engine/model/address_clashes.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "absl/types/span.h"

namespace seatwise {
namespace {

struct HashedAddress {
  uint64_t hash = 0;
  uint32_t position = 0;  // Among the addresses.
};

std::vector<HashedAddress> SortByHash(const StringColumn& addresses) {
  std::vector<HashedAddress> hashed(addresses.size());
  std::string lower;
  for (size_t i = 0; i < hashed.size(); ++i) {
    lower.assign(addresses[i].data(), addresses[i].size());
    absl::AsciiStrToLower(&lower);
    hashed[i] = {absl::Hash<std::string>()(lower), static_cast<uint32_t>(i)};
  }
  std::sort(hashed.begin(), hashed.end(), [](const HashedAddress& a, const HashedAddress& b) {
    return std::tie(a.hash, a.position) < std::tie(b.hash, b.position);
  });
  return hashed;
}

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

std::vector<ClashRow> FindAddressClashes(const AddressColumn& addresses,
                                         const std::vector<Time>& created_at,
                                         const std::vector<uint32_t>& number_of) {
  const std::vector<HashedAddress> hashed = SortByHash(addresses.address);
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
