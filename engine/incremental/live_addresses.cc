#include "engine/incremental/live_addresses.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "base/check.h"

namespace seatwise {
namespace {

bool Has(const UserRecord& user, absl::string_view address) {
  for (size_t i = 0; i < user.addresses(); ++i) {
    if (user.address(i) == address) return true;
  }
  return false;
}

}  // namespace

std::vector<uint32_t> HoldersOf(const LiveFacts& facts, absl::string_view address) {
  const uint64_t hash = HashOfText(address);
  std::vector<uint32_t> holders;
  facts.addresses.ForEachFrom(HashedNumber{hash, 0}, [&](const HashedNumber& entry) {
    if (entry.hash != hash) return false;
    if (Has(*facts.users[entry.number], address)) holders.push_back(entry.number);
    return true;
  });
  return holders;
}

uint32_t OwnerOf(const LiveFacts& facts, const std::vector<uint32_t>& holders) {
  SEATWISE_DCHECK(!holders.empty());
  return *std::min_element(holders.begin(), holders.end(), [&](uint32_t a, uint32_t b) {
    const UserRecord& x = *facts.users[a];
    const UserRecord& y = *facts.users[b];
    return std::pair(x.created_at(), x.id()) < std::pair(y.created_at(), y.id());
  });
}

bool FindAddressClash(const LiveFacts& facts, uint32_t user) {
  const UserRecord& record = *facts.users[user];
  for (size_t i = 0; i < record.addresses(); ++i) {
    if (OwnerOf(facts, HoldersOf(facts, record.address(i))) != user) return true;
  }
  return false;
}

std::vector<AddressClash> ClashesOf(const LiveFacts& facts, uint32_t user) {
  std::vector<AddressClash> clashes;
  const UserRecord& record = *facts.users[user];
  if (!record.address_clash()) return clashes;
  for (size_t i = 0; i < record.addresses(); ++i) {
    const uint32_t owner = OwnerOf(facts, HoldersOf(facts, record.address(i)));
    if (owner == user) continue;
    clashes.push_back(
        {.address = std::string(record.address(i)), .owner = UserId(facts.UserIdOf(owner))});
  }
  return clashes;
}

PackedAddresses PackAddresses(std::vector<std::string> addresses) {
  for (std::string& address : addresses) absl::AsciiStrToLower(&address);
  std::sort(addresses.begin(), addresses.end());
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  PackedAddresses packed;
  for (const std::string& address : addresses) {
    packed.text += address;
    packed.ends.push_back(static_cast<uint32_t>(packed.text.size()));
  }
  return packed;
}

std::vector<uint64_t> AddressHashes(const Ref<UserRecord>& user) {
  std::vector<uint64_t> hashes;
  if (!user) return hashes;
  for (size_t i = 0; i < user->addresses(); ++i) hashes.push_back(HashOfText(user->address(i)));
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

void UpdateAddressIndex(LiveFacts& facts, uint32_t user, const Ref<UserRecord>& before,
                        const Ref<UserRecord>& after) {
  const std::vector<uint64_t> was = AddressHashes(before);
  const std::vector<uint64_t> is = AddressHashes(after);
  if (was == is) return;
  for (uint64_t hash : was) {
    if (!std::binary_search(is.begin(), is.end(), hash)) facts.addresses.Erase({hash, user});
  }
  for (uint64_t hash : is) {
    if (!std::binary_search(was.begin(), was.end(), hash)) facts.addresses.Insert({hash, user});
  }
}

}  // namespace seatwise
